# Palabras sobre lo que se guarda de las personas: la página para todos, el expediente de una persona, el borrado.

kept-title = Lo que guardamos sobre ti
kept-title-of = Lo que guardamos sobre { $name }
kept-lead = Esta es la lista completa de lo que este programa guarda sobre ti.
kept-lead-of = Esta es la lista completa de lo que este programa guarda sobre { $name }.
kept-stays = Está en la computadora de la escuela. El programa no envía nada a otro lugar y no muestra anuncios. Quien maneja la computadora puede llegar al archivo que lo contiene todo; para eso hace falta la confianza de la escuela.
kept-children = Sus hijos
kept-link = Lo que guardamos
kept-what = Qué
kept-why = Para qué
kept-who = Quién lo lee
kept-until = Cuándo termina
kept-basis = Por qué se permite
kept-tables = Columnas
kept-events = Campos de los sucesos
kept-not-title = Lo que no guardamos
kept-not = Ni fecha de nacimiento, ni dirección, ni salud, ni religión, ni ingresos de la familia. Ni fotos, ni voces, ni lugares. Nada de otros programas o sitios web.
kept-rights-title = Lo que puede pedir
kept-rights = Puede pedir a la escuela que le muestre todo en un archivo, que corrija lo que está mal y que lo borre.

## Quién lo lee
kept-reader-none = Nadie. Ninguna página lo muestra.
kept-reader-own = el estudiante
kept-reader-guardian = la familia
kept-reader-teacher = los maestros del estudiante
kept-reader-class-teachers = los maestros de la clase
kept-reader-leader = quien dirige la escuela
kept-reader-operator = quien maneja la computadora

## Cuándo termina
kept-until-with-record = Con el expediente de la persona, que la escuela puede borrar
kept-until-until-replaced = Cuando se cambia, y a más tardar con el expediente
kept-until-end-of-day = Al cerrar la sesión, o solo, al final de la clase o del día
kept-until-days =
    { $days ->
        [one] Después de un día
       *[other] Después de { $days } días
    }

## Por qué se permite
kept-basis-teaching = Enseñar es la tarea de la escuela (RGPD, artículo 6.1 e; FERPA, 34 CFR 99.31 (a) (1))
kept-basis-safety = Proteger los expedientes es deber de la escuela (RGPD, artículos 5.1 f y 32; 34 CFR 99.31 (a) (1) (ii))
kept-basis-choice = Se eligió libremente y se puede retirar en cualquier momento (RGPD, artículo 6.1 a)

## Clases de cosas
kept-name-title = Nombre y función
kept-name-what = Nombre, apellido, función en la escuela y el número que la escuela da a la persona. Mientras un maestro tiene abierta una clase, la página de entrada muestra el nombre y una letra.
kept-name-why = Para saludarte, para encontrar a la persona correcta y para comparar con la lista de la escuela
kept-belonging-title = Clase y familia
kept-belonging-what = En qué clase y curso está cada quien, y qué adulto responde por qué niño.
kept-belonging-why = Para saber quién puede ver y hacer qué
kept-secret-title = Dibujos o contraseña
kept-secret-what = El nombre de entrada, y los dibujos o la contraseña en una forma que no se puede volver a leer. Cuántos intentos fallaron desde el último correcto.
kept-secret-why = Para dejar entrar a la persona correcta y para que nadie adivine
kept-sign-in-title = Quién ha entrado
kept-sign-in-what = Un número al azar por cada entrada, en una forma que no se puede volver a leer.
kept-sign-in-why = Para no tener que entrar otra vez durante la clase
kept-answer-title = Respuestas
kept-answer-what = Cada respuesta con su hora, cuánto tardó, las pistas usadas y si era correcta.
kept-answer-why = Para decir qué estaba bien, para elegir lo que sigue y para mostrar a un maestro lo que se hizo
kept-judgement-title = Puntos de un maestro
kept-judgement-what = Los puntos que un maestro dio por una respuesta y lo que dijo.
kept-judgement-why = Para juzgar lo que solo una persona puede juzgar
kept-estimate-title = Lo que parece que sabes
kept-estimate-what = Para cada paso: qué tan probable es que se sepa, qué tan seguro es eso y cuándo volver a verlo. Se calcula con las respuestas.
kept-estimate-why = Para elegir lo que sigue y para mostrar cuánto se ha avanzado
kept-advice-title = Ideas para el día
kept-advice-what = Lo que el programa propuso hacer, y sus razones.
kept-advice-why = Para poder decir por qué
kept-decision-title = Lo que un maestro decidió
kept-decision-what = Lo que un maestro decidió sobre un paso, con una nota. La página de la familia muestra lo decidido; la nota está en el expediente.
kept-decision-why = Para que el maestro guíe, y para mostrar quién decidió qué
kept-story-title = Cuentos que te gustan
kept-story-what = La clase de cuentos que se eligió.
kept-story-why = Para poner las mismas matemáticas en un cuento que te guste
kept-class-title = Lo que se hizo para una clase
kept-class-what = Cuándo se abrió una clase y quién la abrió, y qué tarjetas apartó un maestro y por qué.
kept-class-why = Para dejar entrar a los estudiantes y no mostrar dos veces una tarjeta
kept-trace-title = Quién hizo qué, y cuándo
kept-trace-what = De cada cosa que pasó: cuándo, quién la hizo y en qué expediente. Las personas están ahí como números al azar, sin nombres.
kept-trace-why = Para mostrar que nada se perdió ni se cambió

## El expediente de una persona como archivo
record-title = Todo lo que se guarda sobre { $name }
record-made = Hecho el { $at }
record-about = Este es el expediente completo en palabras. El archivo record.json contiene lo mismo para programas, hasta el último número. Las demás personas y las clases están aquí como números al azar.
record-none = Nada.
record-withheld = no se entrega, porque alguien podría intentar entrar con ello
record-state = calculado con lo que pasó; sus números están en record.json
record-of-another = Algo en el expediente de otra persona.
record-right = correcto
record-not-right = todavía no correcto
kept-file-title = Llévelo consigo
kept-file-text = Aquí está todo, para guardarlo o darlo a otra escuela. Quien tenga el archivo puede leerlo.
kept-file-words = En palabras
kept-file-json = Para programas (JSON)
record-table-event = Lo que pasó
record-table-answer = Respuestas, cada una con su lugar entre lo que pasó
record-table-learner-state = Lo que el programa cree, completo
record-table-estimate = Pasos
record-table-class-session = Clases abiertas ahora
record-table-person = Nombre y función
record-table-enrollment = Clases
record-table-guardianship = Familia
record-table-credential = Dibujos o contraseña
record-table-session = Sesiones abiertas
record-table-card-dismissal = Tarjetas que un maestro apartó
record-column-at = cuándo
record-column-actor = quién lo hizo
record-column-role = como
record-column-learner = en el expediente de
record-column-attempt = intento
record-column-kind = clase
record-column-body = qué
record-column-answer = número de la respuesta
record-column-decision = lugar
record-column-seq = hasta
record-column-competency = paso
record-column-level = nivel, de 0 a 4
record-column-known = probabilidad de que se sepa
record-column-first-tries = primeros intentos
record-column-last-at = última respuesta
record-column-mastered-at = dominado
record-column-due-at = volver a ver
record-column-section = clase
record-column-until = hasta
record-column-opened-by = abierta por
record-column-id = número en este programa
record-column-sourced-id = número de la escuela
record-column-given-name = nombre
record-column-family-name = apellido
record-column-person = persona
record-column-guardian = adulto
record-column-login = nombre de entrada
record-column-hash = dibujos o contraseña
record-column-failures = intentos fallidos
record-column-token-hash = número de la sesión
record-column-expires-at = termina
record-column-card = tarjeta
record-column-by = apartada por
record-column-reason = razón
record-event-course-taken = Tomó el curso { $what }.
record-event-course-left = Dejó el curso { $what }.
record-event-advised = Propuesta para el día: { $what }.
record-event-started = Empezó una pregunta: { $what }.
record-event-hint-shown = Vio una pista.{ $what }
record-event-hint-answered = Respondió la pregunta menor de una pista: { $what }.
record-event-responded = Respondió. { $what }.
record-event-handed-in = Entregó para un maestro. { $what }.
record-event-scored = Un maestro dio puntos. { $what }
record-event-score-undone = Un maestro retiró los puntos: { $what }.
record-event-not-understood = Escribió algo que el programa no pudo leer: { $what }
record-event-revealed = Vio la solución: { $what }.
record-event-mastered = Dominó: { $what }.
record-event-doubted = Para practicar otra vez: { $what }.
record-event-proof-begun = Pidió demostrar: { $what }.
record-event-proof-ended = Terminó la demostración: { $what }.
record-event-interest-chosen = Eligió cuentos: { $what }.
record-event-directed = Un maestro decidió: { $what }
record-event-directive-undone = Un maestro retiró lo decidido.{ $what }
record-event-class-opened = Abrió una clase.{ $what }
record-event-class-closed = Cerró una clase.{ $what }
record-event-courses-chosen = Eligió los cursos de una clase: { $what }.
record-event-placement-begun = Empezó a buscar dónde empezar en { $what }.
record-event-placement-ended = Terminó de buscar dónde empezar en { $what }.
record-event-placement-set = Un maestro activó o desactivó buscar dónde empezar.{ $what }
record-event-model-installed = Puso a funcionar otro modelo de aprendizaje: { $what }.
