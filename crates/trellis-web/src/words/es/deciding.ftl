# Decisiones para una clase, lo que piden los estudiantes y lo que el programa puede decidir solo.

what-if-link = ¿Muy fácil? ¿Muy difícil? ¿Otra historia?
what-if-title = ¿Y si…? «{ $skill }»
what-if-lead = Así serían las próximas preguntas. Mira primero y después elige.
what-if-ways = Maneras de seguir
what-if-usual = Como está
what-if-easier = Más fácil
what-if-harder = Más difícil
what-if-agree = Sí, así
what-if-go-on = Seguir practicando
what-if-same = Aquí sería igual. Las preguntas que muestran que puedes son las mismas para todos.
what-if-waits = Ya pediste hace poco. Primero vienen unas preguntas como siempre; después puedes pedir otra vez.
what-if-stories = La misma pregunta con otra historia
what-if-story = Esta historia
what-if-done-too-easy = Tu próxima pregunta es más difícil. Después vienen tres como siempre.
what-if-done-too-hard = Tu próxima pregunta es más fácil. Después vienen tres como siempre.
what-if-done-story = Tus próximas preguntas cuentan esta historia cuando pueden.
sure-how = ¿Qué tan seguro es? Puedes dejarlo vacío.
sure-guessed = Estoy adivinando
sure-thinks-so = Creo que sí
sure-sure = Es seguro
sure-said-guessed = Dijiste: estoy adivinando.
sure-said-thinks-so = Dijiste: creo que sí.
sure-said-sure = Dijiste: es seguro.

teach-directive-skip = Dejarlo fuera
teach-directive-skip-help = No se aconseja, y se abre lo que lo espera. Nadie dice que esté dominado.
teach-directed-skip = Dejado fuera
family-set-skip = { $teacher } dejó fuera “{ $step }”.
reason-student-course-order = Es lo que sigue en tu curso.
reason-teacher-course-order = Es lo que sigue en el curso; usted mantiene el orden del curso en esta clase.
reason-family-course-order = Es lo que sigue en el curso.

teach-directive-up-to = Hasta aquí por ahora
teach-directive-up-to-help = Lo que viene después en el curso queda cerrado. Lo empezado sigue abierto.
teach-directed-up-to = Hasta aquí por ahora
family-set-up-to = { $teacher } deja la clase en “{ $step }” por ahora.
teach-directive-in-order = En el orden del curso hasta aquí
teach-directive-in-order-help = Lo que viene hasta aquí se aprende en el orden del curso. Después Trellis vuelve a elegir.
teach-directed-in-order = En orden hasta aquí
family-set-in-order = { $teacher } quiere los pasos hasta “{ $step }” en orden.

teach-nav-decide = Decidir
decide-title = Decidir para { $section }
decide-lead = Elija qué y para quién, mire lo que hace y después diga sí. Puede deshacerlo para todos en cualquier momento.
decide-choose = ¿Qué decide?
decide-preview = Mostrar lo que hace
decide-what = { $what }: «{ $skill }»
decide-does = De { $all } estudiantes cambian las próximas paradas de { $changes }. Para { $opens } se abre algo, para { $closes } se cierra algo. Todavía no ha pasado nada.
decide-now = Paradas ahora
decide-then = Paradas después
decide-same = Las mismas
decide-already = Ya es así
decide-nothing = Nada que hacer
decide-why = ¿Por qué? Queda en el expediente de cada estudiante.
decide-button = Decidir para los marcados
decide-in-force = Vigente para varios
decide-in-force-none = No hay nada decidido para varios estudiantes a la vez.
decide-undo-label = Deshacer para todos: { $what }
decide-done-decided = Decidido. El próximo consejo de estos estudiantes lo sigue.
decide-done-undone = Deshecho para todos.
decide-done-mode = Dicho. El próximo consejo de cada estudiante lo sigue.
decide-done-stopped = La clase está abierta. Aquí Trellis ya no decide solo: lo detuvo su propia regla. Los estudiantes siguen el curso.
mode-heading = Lo que Trellis puede decidir solo
mode-shadow = Nada, solo observa
mode-shadow-help = Los estudiantes siguen el curso. Lo que habría aconsejado se guarda para que usted compare.
mode-suggest = Nada sin su sí
mode-suggest-help = Los estudiantes siguen el curso. Usted ve dónde elegiría otra cosa, y decide.
mode-assist = El próximo paso
mode-assist-help = Elige lo que cada estudiante hace después y cuándo repasa. Usted puede cambiarlo todo.
mode-button = Fijar para la clase
mode-differs = { $count ->
    [0] Empezaría con el mismo paso que el curso para los { $all } estudiantes.
    [one] Para 1 de { $all } estudiantes empezaría con otro paso que el curso.
   *[other] Para { $count } de { $all } estudiantes empezaría con otro paso que el curso.
}
mode-rule-heading = Qué lo detiene
mode-rule = Si en { $days } días las respuestas posteriores ponen en duda más de { $most } de cada 100 destrezas que dio por dominadas, deja de decidir solo. La regla habla desde { $least } destrezas, y se mira cada vez que usted abre la clase.
mode-measured = Ahora: { $called } dadas por dominadas, { $doubted } puestas en duda después.
mode-stopped-note = Detenido por su propia regla: se pusieron en duda después demasiadas destrezas que dio por dominadas.
mode-stood-back-rule = Desde el { $day } el sistema sugiere y ya no decide aquí. { $note }
mode-stood-back-district = Desde el { $day } el sistema decide menos aquí, como acordó el distrito. { $note }

teach-directive-fixed-path = Un camino fijo
teach-directive-fixed-path-help = Trellis deja de elegir según las respuestas de un estudiante. Los pasos y las preguntas vienen en el orden del curso, desde el primer paso sin terminar. No elige repasos ni ofrece la prueba para encontrar dónde empezar. Las respuestas se evalúan y las destrezas cuentan como dominadas igual que siempre, y lo que usted decide sigue valiendo.
teach-directed-fixed-path = Un camino fijo
teach-fixed-about = En todos los cursos
teach-fixed-button = Dejar de elegir
teach-term-none = el orden del curso
decide-fixed-who = Las familias pueden pedirlo. Vale para los estudiantes que usted marca hasta que lo deshaga; para quien llegue después se decide entonces.
reason-student-fixed-path = Es lo que sigue en tu curso. Tu camino es fijo: tus respuestas no cambian lo que sigue.
reason-teacher-fixed-path = Es lo que sigue en el curso. El camino es fijo, así que las respuestas no eligen nada.
reason-family-fixed-path = Es lo que sigue en el curso. El camino es fijo.
why-fixed-path = Un docente te puso en un camino fijo.
family-fixed-title = Quién elige el paso que sigue
family-fixed-on = { $name } va por un camino fijo. Lo puso { $teacher }. Los pasos van en el orden del curso. Lo hecho antes no los cambia.
family-fixed-ask-off = ¿Quiere que cambie? Hable con la escuela.
family-fixed-off = El programa mira lo que { $name } hizo. Luego elige el paso que sigue.
