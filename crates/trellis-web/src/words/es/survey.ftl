# Encuestas cortas: los formularios, pedir una respuesta y lo que se cuenta de ellas.

survey-title = Encuestas cortas
survey-lead = Pregunte a estudiantes, maestros o familias cinco cosas breves, sin sus nombres. Los resultados llegan el día después del último, como conteos, y nunca sobre menos de 5 personas.
survey-new = Abrir una encuesta
survey-form = ¿Qué formulario?
survey-form-belonging = Sentirse parte, para estudiantes
survey-form-support = Apoyo y carga de trabajo, para maestros
survey-form-heard = Ser escuchado, para familias
survey-whom = ¿A quién se pregunta?
survey-whole = Todos
survey-whom-help = A estudiantes o familias de una clase, o a todos. A los maestros siempre se les pregunta a todos juntos.
survey-first = Primer día
survey-last = Último día
survey-open = Abrirla
survey-forms = Lo que dicen los formularios
survey-before = Encuestas hasta ahora
survey-row = { $form }: { $whom }
survey-days = Del { $first } al { $last }
survey-state-later = Todavía no ha empezado.
survey-state-now =
    { $count ->
        [0] Nadie ha respondido todavía. Los resultados llegan el día después del último.
        [one] Una persona ha respondido hasta ahora. Los resultados llegan el día después del último.
       *[other] { $count } personas han respondido hasta ahora. Los resultados llegan el día después del último.
    }
survey-state-over = Ya terminó y se está contando. Mire otra vez mañana.
survey-state-counted = Así de seguido se dio cada respuesta.
survey-state-few = Respondieron menos de 5 personas, así que no se cuenta nada. Sus respuestas se borraron.
survey-hidden = Una clase aparece aquí cuando respondieron al menos 5 de sus estudiantes, y cuando nadie podría saber de menos restando. Lo que no se muestra se borra.
survey-comments = Comentarios, sin orden
survey-withdraw = Retirarla
survey-withdraw-label = Retirarla: { $title }
survey-withdraw-help = Ya no se pregunta a nadie, y lo respondido se borra.
survey-done-opened = Está abierta. A quienes se pregunta les aparece una línea en su primera página desde el primer día.
survey-done-withdrawn = Está retirada, y lo respondido se borró.
survey-done-days = No se abrió. Elija días desde hoy, el último no antes del primero, por 60 días como máximo.
survey-done-same = No se abrió: a las mismas personas ya se les pregunta lo mismo en esos días.
survey-done-whole = No se abrió. A los maestros se les pregunta a todos juntos: una clase tiene muy pocos.
survey-caption =
    { $count ->
        [one] { $of }: 1 respuesta
       *[other] { $of }: { $count } respuestas
    }
survey-group = Grupo
survey-open-days = Abierta
survey-statement = Frase
survey-step-0 = Prefiero no decirlo
survey-step-1 = No, para nada
survey-step-2 = Más bien no
survey-step-3 = En parte
survey-step-4 = Casi siempre
survey-step-5 = Sí, del todo

## La línea en la primera página, y el formulario
survey-line-label = Encuesta corta
survey-line-belonging = ¿Cómo te va en la escuela? Cinco preguntas cortas, sin tu nombre, hasta el { $day }.
survey-line-support = ¿Cómo va su trabajo? Cinco preguntas cortas, sin su nombre, hasta el { $day }.
survey-line-heard = ¿La escuela le escucha? Cinco preguntas cortas, sin su nombre, hasta el { $day }.
survey-line-go = Responder
survey-line-later = Ahora no
survey-until = Abierta hasta el { $day }
survey-how = Cómo se guarda la respuesta
survey-how-counts = La respuesta se suma a unos conteos y no se guarda por sí sola. El programa anota que se respondió y qué día, para preguntar una sola vez. No anota con ello qué se respondió.
survey-how-few = Los resultados se muestran cuando la encuesta termina, y solo donde respondieron al menos 5 personas.
survey-how-comment = Un comentario se muestra como se escribió, sin nombre. Nadie puede volver a encontrarlo para cambiarlo o borrarlo, así que no escriba nombres.
survey-how-free = No hace falta responder. En cada línea se puede elegir «Prefiero no decirlo».
survey-comment = ¿Quiere añadir algo? (puede quedar vacío)
survey-comment-help = Por favor, no escriba nombres.
survey-send = Enviar
survey-thanks = Gracias. La respuesta está contada.
survey-thanks-text = Está en los conteos, sin nombre.
survey-home = Seguir

## Para estudiantes
survey-belonging-title = ¿Cómo te va en la escuela?
survey-belonging-1 = Siento que soy parte de este lugar.
survey-belonging-2 = Aquí hay una persona adulta a quien puedo pedir ayuda.
survey-belonging-3 = Cuando me equivoco, puedo intentarlo otra vez sin vergüenza.
survey-belonging-4 = Los demás estudiantes son amables conmigo.
survey-belonging-5 = Lo que pienso cuenta aquí.

## Para maestros
survey-support-title = ¿Cómo va su trabajo?
survey-support-1 = Cuando pido ayuda, la recibo.
survey-support-2 = Mi trabajo cabe en el tiempo que tengo para él.
survey-support-3 = Sé lo que se espera de mí.
survey-support-4 = Quienes dirigen la escuela me escuchan.
survey-support-5 = Después de un día de escuela me quedan fuerzas para otras cosas.

## Para familias
survey-heard-title = ¿La escuela le escucha?
survey-heard-1 = Sé cómo le va a mi hijo o hija en la escuela.
survey-heard-2 = Cuando pregunto algo a la escuela, recibo una respuesta.
survey-heard-3 = Lo que digo sobre mi hijo o hija se toma en serio.
survey-heard-4 = Lo que escribe la escuela me resulta fácil de entender.
survey-heard-5 = Me siento bienvenido en la escuela.

## Lo que lee un maestro
survey-class-title = Lo que dicen los estudiantes sobre sentirse parte, { $section }
survey-class-link = Lo que sus estudiantes dicen sobre sentirse parte
survey-class-lead = Conteos de las respuestas de esta clase, sin nombres. Están aquí cuando respondieron al menos 5 estudiantes.
survey-class-of = Encuesta hasta el { $day }
survey-class-none = Todavía no hay nada que mostrar. Los resultados llegan el día después de que termina una encuesta, cuando respondieron bastantes estudiantes de esta clase.
