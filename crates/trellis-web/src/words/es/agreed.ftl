# Palabras de lo que un distrito acordó para todas sus clases, y de lo que sigue de ello en otras páginas.

agreed-title = Lo que acordamos
agreed-link = Lo que acordamos para todas las clases
agreed-lead = Esto vale para cada clase del distrito. No cambia ninguna respuesta, ninguna estimación ni nada de lo que hace falta para «dominado»: eso es igual para cada estudiante.
agreed-most = Cuánto puede decidir el sistema
agreed-most-about = Lo máximo para cualquier clase. Los maestros eligen esto o menos. Donde una clase tiene más ahora, vuelve a esto de inmediato, y su maestro lee por qué.
agreed-mode-shadow = Nada, solo observa
agreed-mode-shadow-help = Los estudiantes siguen el curso. Lo que habría aconsejado se guarda, para compararlo.
agreed-mode-suggest = Nada sin el sí de un maestro
agreed-mode-suggest-help = Los estudiantes siguen el curso. Los maestros ven dónde elegiría otra cosa, y deciden.
agreed-mode-assist = El siguiente paso
agreed-mode-assist-help = Elige qué hace cada estudiante después y cuándo repasa. Los maestros pueden cambiarlo todo.
agreed-on = Lo que está activo
agreed-on-about = Lo que está apagado desaparece de todas las páginas de estudiantes y maestros. No se pierde nada de lo hecho con ello.
feature-projects = Proyectos
feature-projects-help = Trabajo de varias semanas, con etapas y una rúbrica que puntúan los maestros.
feature-sharing = Compartir entre maestros
feature-sharing-help = Series de preguntas que los maestros dejan a los demás para encontrarlas, comentarlas y usarlas.
feature-what-if = Y si
feature-what-if-help = Los estudiantes miran preguntas más fáciles, más difíciles u otras antes de aceptarlas.
agreed-courses = Ritmo y graduación
agreed-courses-about = El ritmo dice a las familias dónde debería ir un niño: los pasos se reparten por igual entre los días. No empuja a nadie. Para la graduación diga cuántos pasos deben dominarse, y con cuántos tipos de prueba cada uno.
agreed-steps = { $count ->
    [one] Un paso
   *[other] { $count } pasos
}
agreed-first = El curso empieza el
agreed-last = Está previsto terminarlo el
agreed-required = Pasos para la graduación
agreed-each-by = Cada uno con
agreed-kinds = { $count ->
    [one] un tipo de prueba
   *[other] { $count } tipos de prueba
}
agreed-levels = Cómo se llaman los niveles
agreed-levels-about = Sus propios nombres, como los leen las familias. Un campo vacío deja los nuestros. Lo que exige un nivel no cambia.
scale-not-begun = Sin empezar
scale-working = En ello
scale-mastered = Dominado
scale-kept = Dominado, y conservado un mes
agreed-reviews = Cuándo toca un repaso
agreed-reviews-text = Un paso dominado vuelve cuando la probabilidad de recordarlo baja de nueve de cada diez. Es igual en todas partes: con menos, «dominado» no querría decir lo que dice.
agreed-how = Cómo decide Trellis
agreed-why = Por qué
agreed-reason = Qué se acordó, quién y por qué. Queda en la lista de abajo.
agreed-button = Acordar esto
agreed-before = Lo que se acordó antes
agreed-before-none = Nada todavía. Lo que ve arriba es lo que vale sin acuerdo.
agreed-when = { $day }, { $who }
nobody-any-more = alguien que ya no está aquí
agreed-done-agreed = Vale desde ahora.
agreed-done-same = Esto ya vale.
agreed-done-days = No se cambió nada: un curso necesita los dos días, y el primero antes del último.
agreed-done-requirement = No se cambió nada: diga cuántos pasos pide la graduación, y con cuántos tipos de prueba.
agreed-done-names = No se cambió nada: dos niveles no pueden llamarse igual, y un nombre tiene como mucho 40 letras.
agreed-done-reason = No se cambió nada: diga por qué.
refusal-switched-off = Su distrito apagó esto. No se pierde nada; pregunte a quien dirige su escuela.
refusal-most-is-less = Su distrito acordó que el sistema decida menos que esto.

## Lo que sigue en otras páginas
family-on-ahead = { $name } va por delante del plan.
family-on-as-planned = { $name } va como dice el plan.
family-on-behind = { $name } va detrás del plan. Puede estar bien. Pregunte a la escuela qué ayudaría.
family-plan =
    { $planned ->
        [0] El curso acaba de empezar, así que el plan no tiene todavía ningún paso.
        [one] Hoy el plan es saber un paso de este curso. { $name } sabe { $mastered }.
       *[other] Hoy el plan es saber { $planned } pasos de este curso. { $name } sabe { $mastered }.
    }
body-title = Para la graduación
body-of = { $title }: cuentan { $counted } de { $asked } pasos hasta ahora.
body-lacking = { $count ->
    [0] {""}
    [one] Otro más está dominado y necesita otro tipo de prueba, como un proyecto o una respuesta escrita que puntúe su maestro.
   *[other] Otros { $count } están dominados y necesitan otro tipo de prueba, como un proyecto o una respuesta escrita que puntúe su maestro.
}
record-table-agreed = lo que acordó el distrito
