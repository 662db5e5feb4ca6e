# Palabras para las preguntas que un docente da a sus estudiantes. Sencillas, cálidas y exactas.

teach-nav-assign = Asignar
assign-title = Asignar, { $section }
assign-lead = Elija preguntas con sus respuestas a la vista y délas a la clase, a un grupo o a un estudiante. Quedan primero en el día del estudiante. Puede retirarlas.
assign-choose = ¿Qué quiere dar?
assign-numbers = Preguntas
assign-numbers-same = Las mismas para todos
assign-numbers-own = Las propias de cada quien
assign-numbers-help = Las propias de cada quien tienen el nivel que le va y otros números.
assign-due = Para cuándo, si quiere
assign-show = Mostrar las preguntas
assign-next-title = Lo que le toca a cada estudiante
assign-for = { $count ->
    [one] Para 1 estudiante
   *[other] Para { $count } estudiantes
}
assign-empty = Por ahora no hay ninguna pregunta que dar sobre esto.
assign-key = Respuesta:
assign-numbers-again = Otros números
assign-other = Otra pregunta
assign-earlier = Antes
assign-drop = Quitar
assign-one-more = Una pregunta más
assign-note = Unas palabras para los estudiantes, si quiere
assign-give = Dar estas preguntas
assign-given = Dado ahora
assign-given-none = Por ahora no hay preguntas dadas.
assign-about = Dado { $when }. { $due }
assign-adaptive = Que el orden siga las respuestas
assign-adaptive-help = Cada estudiante recibe entonces, de estas preguntas, la que mejor le va, y no la siguiente. Todas llegan igual.
assign-due-none = Sin fecha.
assign-due-past = Era para el { $date }.
assign-finished = { $done } de { $of } estudiantes terminaron.
assign-who-has = Quién ha hecho qué
assign-ended-alone = bien sin ayuda
assign-ended-helped = bien con ayuda
assign-ended-not-yet = todavía no
assign-ended-waits = espera lectura
assign-ended-open = sin hacer
assign-undo = Retirar
assign-undo-label = Retirar para todos: { $what }
assign-done-given = Dado. Queda primero en el día de estos estudiantes.
assign-done-withdrawn = Retirado. Lo que se respondió se queda.

teach-purpose-assigned = Dado por un docente
teach-directed-assigned = Preguntas dadas
family-set-assigned = { $teacher } dio preguntas sobre “{ $step }”.
assigned-question = De tu maestro: pregunta { $number } de { $of }
assigned-done = { $done } de { $of } hechas.
assigned-due = Para el { $date }.
assigned-note = Tu maestro dice: «{ $note }»
