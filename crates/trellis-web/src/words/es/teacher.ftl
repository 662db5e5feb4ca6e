# Palabras de las páginas de maestros y de quienes dirigen. Sencillas, cálidas y exactas; se trata de usted.

teach-nav-map = Mapa de la clase
teach-nav-courses = Cursos
teach-nav-check = Por leer
teach-students = { $count ->
    [one] 1 estudiante
   *[other] { $count } estudiantes
}
teach-student = Estudiante
teach-skill = Destreza
teach-skill-choose = Elija una destreza

## Elegir una clase

teach-sections-title = Sus clases
teach-no-sections = Aquí no tiene todavía ninguna clase. La oficina puede darle una.
teach-open-now = abierta ahora
teach-switch-section = Sus clases

## Niveles

teach-level-0 = Sin empezar
teach-level-1 = Empezando
teach-level-2 = Creciendo
teach-level-3 = Fuerte
teach-level-4 = Dominado
teach-level-due = { $level }, toca repaso
teach-review-due = Dominado, toca repaso

## Hoy

teach-today-title = Hoy, { $section }
teach-today-heading = { $count ->
    [0] Hoy nada le necesita
    [one] Hoy 1 cosa le necesita
   *[other] Hoy { $count } cosas le necesitan
}
teach-today-sub = { $active } de { $all } estudiantes respondieron en los últimos siete días.
teach-calm-heading = Todo tranquilo
teach-calm = Nadie está atascado, ausente ni comparte una confusión, por lo que dicen las respuestas. Lo verá aquí cuando eso cambie.
teach-done-dismissed = Guardado por una semana, si no hay novedades.
teach-done-opened = La clase está abierta. Dé el código a sus estudiantes.
teach-done-closed = La clase está cerrada y sus estudiantes han salido. Se guardó cada respuesta.
teach-done-released = Listo. Ya pueden probar otra vez.
teach-more-names = { $count ->
    [one] y 1 más
   *[other] y { $count } más
}
teach-put-away = Guardar
teach-put-away-why = ¿Por qué? Nos ayuda a elegir mejor.
teach-dismiss-label = Guardar: { $card }
teach-dismiss-done = Ya me ocupé
teach-dismiss-wrong = No es así
teach-dismiss-later = Ahora no
teach-judged = De las últimas { $all } tarjetas que guardó y juzgó, { $right } eran así.
teach-judged-few = { $all ->
    [one] Hasta ahora ha juzgado 1 tarjeta. Desde la quinta decimos aquí cuántas veces acertamos.
   *[other] Hasta ahora ha juzgado { $all } tarjetas. Desde la quinta decimos aquí cuántas veces acertamos.
}
teach-act-map = Ver el mapa de la clase
teach-act-student = Ver el trabajo de { $name }
teach-example = Una respuesta
teach-typed = Respondió:
teach-mix-up-unnamed = muestra el mismo giro equivocado

teach-kind-shared-mix-up = La misma confusión
teach-kind-stuck = Sin avanzar
teach-kind-doubted = Otra vez en duda
teach-kind-not-asking = No pide ayuda
teach-kind-idle = Ausente
teach-kind-slipping = Se juntan repasos
teach-kind-ready-to-check = Su mirada
teach-kind-to-check = Le espera
teach-card-to-check = { $count ->
    [one] 1 respuesta espera su lectura, desde { $since }
   *[other] { $count } respuestas esperan su lectura, la más antigua desde { $since }
}
teach-evidence-to-check = { $count ->
    [one] Alguien escribió, y no sabe nada hasta que usted lo lea. Solo cuenta entonces.
   *[other] Escribieron, y no saben nada hasta que usted lo lea. Solo cuenta entonces.
}
teach-event-handed-in = Entregado, para que usted lo lea
teach-event-scored = Lo leyó usted o un colega: { $points }
teach-event-score-undone = Se quitaron unos puntos
teach-weekday-0 = el lunes
teach-weekday-1 = el martes
teach-weekday-2 = el miércoles
teach-weekday-3 = el jueves
teach-weekday-4 = el viernes
teach-weekday-5 = el sábado
teach-weekday-6 = el domingo
teach-seen-to-check = { $count ->
    [one] una respuesta
   *[other] { $count } respuestas
}
teach-act-check = Leer las respuestas

teach-card-shared-mix-up = { $count ->
    [one] { $name } tiene una confusión en “{ $skill }”
   *[other] { $count } estudiantes comparten una confusión en “{ $skill }”
}
teach-card-stuck = { $count ->
    [one] { $name } sigue intentando “{ $skill }”
   *[other] { $count } estudiantes siguen intentando “{ $skill }”
}
teach-card-doubted = { $count ->
    [one] { $name } quizá perdió “{ $skill }”
   *[other] { $count } estudiantes quizá perdieron “{ $skill }”
}
teach-card-not-asking = { $count ->
    [one] { $name } nunca abre una pista
   *[other] { $count } estudiantes nunca abren una pista
}
teach-card-idle = { $count ->
    [one] { $name } lleva una semana de clases sin responder
   *[other] { $count } estudiantes llevan una semana de clases sin responder
}
teach-card-slipping = { $count ->
    [one] { $name } tiene repasos pendientes
   *[other] { $count } estudiantes tienen repasos pendientes
}
teach-card-ready-to-check = { $count ->
    [one] { $name } acaba de dominar “{ $skill }”
   *[other] { $count } estudiantes acaban de dominar “{ $skill }”
}

teach-evidence-shared-mix-up = { $times ->
    [one] En cada uno, { $mix-up }: visto una vez en los últimos siete días. Practicar más, sin otra cosa, no lo arregla.
   *[other] En cada uno, { $mix-up }: visto { $times } veces en los últimos siete días. Practicar más, sin otra cosa, no lo arregla.
}
teach-evidence-stuck = { $count ->
    [one] Muchos intentos y ninguna subida. Unos minutos a su lado pueden hacer más que otra pregunta.
   *[other] Muchos intentos y ninguna subida. Unos minutos juntos con usted pueden hacer más que otra pregunta.
}
teach-evidence-doubted = { $count ->
    [one] Contaba como dominado, y las últimas respuestas dicen lo contrario. Trellis lo practica otra vez sin ruido.
   *[other] Contaba como dominado, y sus últimas respuestas dicen lo contrario. Trellis lo practica otra vez sin ruido.
}
teach-evidence-not-asking = { $count ->
    [one] Varios fallos esta semana, y la ayuda estaba a un botón. ¿Timidez o adivinanza? Usted lo puede saber.
   *[other] Varios fallos esta semana, y la ayuda estaba a un botón. ¿Timidez o adivinanza? Usted lo puede saber.
}
teach-evidence-idle = { $count ->
    [one] Ninguna respuesta en cinco días de clases o más, mientras los demás siguieron.
   *[other] Ninguna respuesta en cinco días de clases o más, mientras los demás siguieron.
}
teach-evidence-slipping = { $count ->
    [one] Hay destrezas dominadas que se borran. Diez minutos de repaso las mantienen.
   *[other] Hay destrezas dominadas que se borran. Diez minutos de repaso las mantienen.
}
teach-evidence-ready-to-check = { $count ->
    [one] Se cumple la regla de dominio. Una charla corta le dice si está de acuerdo.
   *[other] En cada uno se cumple la regla de dominio. Una charla corta le dice si está de acuerdo.
}

teach-seen-mix-up = { $times ->
    [one] una vez
   *[other] { $times } veces
}
teach-seen-stuck = { $tries } intentos, { $right } bien sin ayuda, { $hints ->
    [0] sin pistas
    [one] 1 pista
   *[other] { $hints } pistas
} últimamente
teach-seen-doubted = { $days ->
    [0] desde hoy
    [one] desde ayer
   *[other] desde hace { $days } días
}
teach-seen-not-asking = { $wrong } de { $all } mal al principio, sin pistas
teach-seen-idle = { $days } días de clases
teach-seen-never = todavía no empezó
teach-seen-slipping = { $count } repasos
teach-seen-mastered = { $days ->
    [0] hoy
    [one] ayer
   *[other] hace { $days } días
}

## La clase abierta

teach-class-heading = Sesión de la clase
teach-class-state-open = La clase está abierta: { $code }.
teach-class-state-closed = La clase está cerrada.
teach-class-code = Código de la clase
teach-class-open = { $minutes ->
    [one] Abierta por 1 minuto más. Los estudiantes van a la página de entrada, escriben el código y eligen su nombre.
   *[other] Abierta por { $minutes } minutos más. Los estudiantes van a la página de entrada, escriben el código y eligen su nombre.
}
teach-class-closed = Cerrada. Nadie puede entrar con este código hasta que usted abra la clase.
teach-class-for = Abrir por
teach-minutes = { $minutes } minutos
teach-class-open-button = Abrir la clase
teach-class-close = Cerrar la clase
teach-class-close-note = Al cerrar, los estudiantes salen. Se guarda cada respuesta.
teach-locked-heading = No pueden entrar
teach-map-course = Curso
teach-no-course-heading = Todavía sin curso
teach-no-course = Elija un curso para esta clase, y su mapa estará aquí.
teach-choose-courses = Elegir cursos
teach-locked-none = Nadie está bloqueado.
teach-locked = { $name } eligió cinco veces los dibujos equivocados.
teach-release = Dejar probar otra vez

## Los cursos de una clase

courses-title = Cursos de { $section }
courses-lead = Sus estudiantes practican lo que usted elija aquí. Lo que aprendieron se queda, cambie lo que cambie.
courses-legend = Cursos para elegir
courses-none = Todavía no hay ningún curso aquí. Quien cuida Trellis en su escuela puede traer algunos.
courses-kind-path = Camino de destrezas
courses-kind-lessons = Libro de texto en lecciones
courses-about = { $units ->
    [one] 1 parte
   *[other] { $units } partes
}, { $skills ->
    [one] 1 destreza
   *[other] { $skills } destrezas
}, { $questions ->
    [one] 1 pregunta
   *[other] { $questions } preguntas
}. Licencia: { $licence }.
courses-button = Dar estos a la clase
courses-most = { $most } como mucho. El primero manda en el mapa de la clase.
courses-done = Listo. Sus estudiantes ven estos cursos desde la próxima página que abran.
courses-late = { $count ->
    [one] 1 estudiante llegó después y todavía no tiene todos estos. Pulse el botón de abajo para darlos.
   *[other] { $count } estudiantes llegaron después y todavía no tienen todos estos. Pulse el botón de abajo para darlos.
}

## Mapa de la clase

teach-map-title = Mapa de la clase, { $section }
teach-map-heading = Mapa de la clase, { $section }
teach-map-now = Mapa de la clase, donde más pasa
teach-map-whole = Ver todo el mapa
teach-map-who-where = Quién está dónde
teach-map-empty = Todavía no hay estudiantes en esta clase. La oficina los puede agregar.
teach-map-caption = El nivel de cada estudiante en cada destreza. Los nombres y las celdas llevan al trabajo del estudiante.
teach-map-scrolls = Mapa de la clase, se mueve hacia los lados
teach-map-how = Una celda lleva a las respuestas que hay detrás. Dominado quiere decir que se cumple la regla, o que usted lo dio por dominado.
teach-back-to-today = Volver a hoy
teach-units-label = Unidades
teach-unit-all = Todas las unidades
teach-unit-summary = { $mastered } de { $all } dominadas
teach-count-of = { $count } de { $all }
teach-strong-or-better = Fuerte o mejor
teach-sort-by = Ordenar por
teach-sort-name = Nombre
teach-sort-need = Primero quien necesita ayuda

## Un estudiante

teach-student-title = { $name }, estudiante
teach-student-sub = { $mastered ->
    [one] 1 destreza dominada
   *[other] { $mastered } destrezas dominadas
}, { $working } empezadas. Última respuesta { $when }.
teach-student-new = Todavía sin respuestas.
teach-days-ago = { $days ->
    [0] hoy
    [one] ayer
   *[other] hace { $days } días
}
teach-look-at = Mirar
teach-look-all = Todo
teach-look-show = Mostrar
teach-next-right = Esperamos que acierte la próxima { $times }.
teach-doubt-unknown = Aquí todavía no se respondió nada; es solo lo que hacen los principiantes.
teach-doubt-small = Estamos bastante seguros: las respuestas concuerdan.
teach-doubt-middle = Estamos más o menos seguros. Unas respuestas más todavía lo pueden mover.
teach-doubt-large = Todavía no estamos seguros: las respuestas son pocas, o no concuerdan.
teach-counts = { $tries ->
    [one] 1 primer intento
   *[other] { $tries } primeros intentos
} en { $items ->
    [one] 1 pregunta
   *[other] { $items } preguntas distintas
}, { $right } bien sin pista.
teach-counts-none = Todavía sin intentos.
teach-review-is-due = toca repaso

teach-timeline-all = Lo que pasó
teach-timeline-about = Lo que pasó en “{ $skill }”
teach-timeline-more = Mostrar lo anterior
teach-timeline-empty = Todavía nada.
teach-event-right = Bien
teach-event-not-yet = Todavía no
teach-event-revealed = Miró la solución paso a paso
teach-event-mastered = Dominado
teach-event-doubted = Otra vez en duda
teach-event-proof-begun = Pidió mostrarlo
teach-event-proof-held = Lo mostró
teach-event-proof-not-yet = Intentó mostrarlo, todavía no
teach-event-undone = Usted deshizo: { $what }
teach-event-hints = { $count ->
    [one] Después de 1 pista
   *[other] Después de { $count } pistas
}
teach-event-try = Intento número { $number }
teach-event-mix-up = Confusión: { $mix-up }.
teach-event-moved = Acierto esperado: { $before } → { $after } de 10.
teach-event-same = Acierto esperado: sigue en { $after } de 10.
teach-event-opens = Abierto ahora: { $skills }.
teach-proof-right = { $right } de { $done } bien.
teach-note-said = Nota: { $note }

teach-advice-heading = Consejo para hoy
teach-advice-last = El último consejo
teach-advice-when = Hecho { $when }.
teach-advice-none = Todavía sin consejo. Se hace cuando { $name } abre Hoy.
teach-about-minutes = { $minutes ->
    [one] más o menos 1 minuto
   *[other] unos { $minutes } minutos
}
teach-stop-choice = Elección propia: { $skills }
teach-purpose-learn = Aprender
teach-purpose-review = Repasar
teach-purpose-choice = Elección propia
teach-purpose-proof = Mostrar
teach-purpose-lesson = Lección
teach-considered = Lo que se pesó
teach-considered-scrolls = Lo que se pesó, se mueve hacia los lados
teach-considered-more = { $count ->
    [one] y 1 más, con menos puntos
   *[other] y { $count } más, con menos puntos
}
teach-for = Para
teach-score = Puntos
teach-made-of = Hecho de
teach-taken = elegido
teach-term-gain = provecho esperado por minuto { $value }
teach-term-averted = olvido evitado por minuto { $value }
teach-term-opening = abre otros { $value }
teach-term-continuing = empezado hace poco { $value }
teach-term-asked = usted lo pidió { $value }
teach-advice-versions = Reglas { $policy }, modelo { $model }.

reason-teacher-ready = Todo lo anterior está dominado: { $after }.
reason-teacher-ready-first = Nada tiene que ir antes.
reason-teacher-review-due = { $days ->
    [0] Dominado. Última respuesta hoy; esperamos que se recuerde { $times }.
    [one] Dominado. Última respuesta hace 1 día; esperamos que se recuerde { $times }.
   *[other] Dominado. Última respuesta hace { $days } días; esperamos que se recuerde { $times }.
}
reason-teacher-close = { $right ->
    [one] Con un acierto más quedaría dominado.
   *[other] Con { $right } aciertos seguidos quedaría dominado.
}
reason-teacher-begun = { $tries ->
    [one] Empezado hace poco: 1 primer intento.
   *[other] Empezado hace poco: { $tries } primeros intentos.
}
reason-teacher-opens = { $count ->
    [one] 1 destreza lo espera.
   *[other] { $count } destrezas lo esperan.
}
reason-teacher-teacher-asked = Un maestro lo pidió.
reason-teacher-teacher-opened = Un maestro lo abrió antes.
reason-teacher-you-pick = Elige el estudiante.
reason-teacher-you-prove = El estudiante quiere mostrarlo.

teach-decide-heading = Usted decide
teach-decide-note = Lo que usted decide gana al consejo, desde la próxima página que abra el estudiante. Lo puede deshacer.
teach-decide-what = Qué debe pasar
teach-decide-button = Decidir
teach-note = Nota, si quiere
teach-directive-count-as-mastered = Dar por dominado
teach-directive-count-as-mastered-help = Usted vio que lo sabe hacer.
teach-directive-not-yet = Todavía no dominado
teach-directive-not-yet-help = Usted lo duda. Se practica otra vez.
teach-directive-do-next = Hacer esto ahora
teach-directive-do-next-help = Hoy va primero.
teach-directive-open = Abrirlo
teach-directive-open-help = Aunque algo anterior no esté dominado.
teach-directive-close = Cerrarlo por ahora
teach-directive-close-help = No se ofrece hasta que usted lo deshaga.
teach-directed-count-as-mastered = Dado por dominado
teach-directed-not-yet = Todavía no dominado
teach-directed-do-next = Hacer esto ahora
teach-directed-open = Abierto antes
teach-directed-close = Cerrado por ahora
teach-directed-other = una decisión anterior
teach-by-you = Por usted, { $when }
teach-by-other = Por otro maestro, { $when }
teach-in-force = Vigente
teach-in-force-none = Nada. El consejo vale tal como está.
teach-undo = Deshacer
teach-undo-label = Deshacer: { $what }, { $skill }
teach-changed = Listo. Esto hace con las paradas de hoy
teach-change-none = Las paradas de hoy quedan como están.
teach-change-before = Antes
teach-change-after = Ahora
teach-change-empty = Sin paradas.
teach-change-undo = ¿No era lo que quería? Deshacer está en “Vigente”.

## Respuestas por leer

check-title = Respuestas por leer, { $section }
check-heading = { $count ->
    [0] Nada le espera
    [one] 1 respuesta le espera
   *[other] { $count } respuestas le esperan
}
check-none = Cuando los estudiantes escriben una respuesta que solo una persona puede juzgar, está aquí; primero la más antigua.
check-place = Respuesta { $place } de { $all }
check-by = Escribió { $name }, { $since }
check-waited = { $days ->
    [0] espera desde hoy
    [one] espera desde hace 1 día
   *[other] espera desde hace { $days } días
}
check-question = La pregunta
check-answer = La respuesta
check-sample = Una respuesta que gana todos los puntos
check-key = Nuestra respuesta
check-rubric = ¿Qué tan buena es?
check-comment = Diga algo a { $name } (si quiere)
check-comment-help = { $name } lo lee junto a los puntos. { $count } letras como mucho.
check-points = { $points ->
    [one] 1 punto
   *[other] { $points } puntos
}
check-not-right = Todavía no
check-right = Bien
check-compare = El programa no pudo demostrar si esto es lo mismo que nuestra respuesta. Usted decide.
check-save = Guardar y seguir
check-keys = Las teclas { $first } a { $last } también eligen, mientras la rúbrica está activa.
check-skip = Ver antes la próxima
check-gone = Esta pregunta ya no está en el curso. Diga si la respuesta estaba bien, hasta donde usted puede ver.
check-done = Guardado: { $points } para { $name }.
check-undo = Quitarlos
check-undone = Quitados. La respuesta espera otra vez.
check-lately = Leídas hace poco
check-lately-line = { $points }, { $when }
check-undo-label = Quitarlos: { $name }, { $points }

## Distrito

district-title = El distrito en cifras
district-lead-none = En los últimos siete días respondieron muy pocos estudiantes para decir algo de ellos.
district-lead = En los últimos siete días { $active } de { $all } estudiantes respondieron { $responses ->
    [one] 1 pregunta
   *[other] { $responses } preguntas
} y dominaron { $mastered ->
    [one] 1 destreza
   *[other] { $mastered } destrezas
}.
district-empty-heading = Todavía sin clases
district-empty = Cuando la lista esté cargada, cada clase estará aquí con sus cifras. La puede cargar quien cuida la computadora.
district-sections = Clases, últimos siete días
district-caption = Cada clase con sus estudiantes, cuántos respondieron, respuestas dadas y destrezas dominadas en los últimos siete días.
district-scrolls = Clases en cifras, se mueve hacia los lados
district-section = Clase
district-students = Estudiantes
district-active-heading = Respondieron
district-active = { $active } de { $all }
district-responses = Respuestas
district-mastered = Destrezas dominadas
district-few = Muy pocos estudiantes para mostrar
district-few-note = Una clase se muestra con { $least } estudiantes o más, de los que respondieron { $active }, y solo si ninguna suma o resta de lo mostrado hablaría de menos de { $least }. Las demás clases no están en ninguna cifra, ni en las sumas.
district-locked-heading = No pueden entrar
district-locked-text = Después de cinco contraseñas equivocadas la entrada se bloquea. Asegúrese de que de verdad pregunta esa persona, cara a cara o por un número que usted conoce.
district-locked-none = Nadie del personal ni de las familias está bloqueado.
district-locked-teacher = { $name }, maestro
district-locked-guardian = { $name }, familia
district-locked-leader = { $name }, dirige el distrito
district-locked-operator = { $name }, cuida la computadora
district-release = Dejar probar otra vez
district-release-label = Dejar que { $name } pruebe otra vez
district-released = Listo. Ya puede probar otra vez.
district-says-heading = Lo que esto dice, y lo que no
district-says = Dice cuánto se practicó y cuántas veces se cumplió la regla de dominio. No dice que Trellis fuera la causa, ni quién es mejor maestro: las clases son distintas en muchas cosas.
