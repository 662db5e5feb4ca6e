# Palabras de las páginas sobre preguntas: la revisión, la página de una pregunta.

teach-nav-audit = Preguntas
refusal-say-why = Di por qué, en pocas palabras. No se cambió nada.

audit-title = Preguntas por revisar
audit-heading = { $count ->
    [0] Ninguna pregunta necesita revisión
    [one] 1 cosa por revisar
   *[other] { $count } cosas por revisar
}
audit-lead = { $answers ->
    [0] A partir de los textos de las preguntas; todavía no hay respuestas. Nada cambia si tú no lo decides.
    [one] A partir de los textos de las preguntas y de 1 primera respuesta. Nada cambia si tú no lo decides.
   *[other] A partir de los textos de las preguntas y de { $answers } primeras respuestas. Nada cambia si tú no lo decides.
}
audit-none = Cuando los textos de las preguntas o sus respuestas muestren algo raro, aparecerá aquí con su evidencia.
audit-kinds = Tipos de hallazgos
audit-all = Todos ({ $count })
audit-kind = { $rule } ({ $count })
audit-and-more = { $names } y { $count } más
audit-label = { $rule }, { $about }
audit-figures = { $answers ->
    [one] 1 primera respuesta
   *[other] { $answers } primeras respuestas
}, { $right } % correctas
audit-hold = Retirarla por ahora
audit-release = Volver a darla
audit-open = Ver la pregunta
audit-check = Está bien
audit-dismiss = Descartar
audit-why = ¿Por qué?
audit-dismiss-do = Descartarlo
audit-reopen = Deshacer
audit-pages = Páginas
audit-earlier = Anteriores
audit-later = Siguientes
audit-decided-heading = Decidido
audit-somebody = Alguien que ya no está
audit-decided = { $name }, { $when }
audit-decided-why = { $name }, { $when }: { $why }
audit-is-held = Retirada: { $about }
audit-is-checked = Está bien ({ $rule }): { $about }
audit-is-dismissed = Descartado ({ $rule }): { $about }
audit-done-held = Retirada. Nadie recibirá esta pregunta hasta que vuelvas a darla.
audit-done-released = Los estudiantes vuelven a recibir esta pregunta.
audit-done-checked = Anotado: está bien.
audit-done-dismissed = Descartado.
audit-done-reopened = Deshecho. Vuelve a estar en la lista.
audit-done-reported = Gracias. Ahora está en la lista de preguntas por revisar.

## Lo que se encontró

audit-rule-reported = Alguien dice que es mala
audit-rule-suspected-key = La clave puede estar mal
audit-rule-unreachable = Nadie llega nunca a esto
audit-rule-repeated-option = Dos opciones dicen lo mismo
audit-rule-as-guessed = Se acierta tanto como al azar
audit-rule-key-length = La opción correcta se nota
audit-rule-misfit = Las respuestas sorprenden
audit-rule-tells-little = Dice poco
audit-rule-dependent = Dos preguntas van juntas
audit-rule-drift = Se volvió más fácil o más difícil
audit-rule-key-position = Lugares de las opciones correctas
audit-rule-hurried = Respondida demasiado rápido
audit-rule-no-hint = Sin pistas
audit-rule-no-solution = Sin solución explicada
audit-rule-few-items = Pocas preguntas
audit-rule-guessable = Fácil de adivinar
audit-rule-nearly-all-right = Casi todos aciertan
audit-rule-idle-option = Una opción que nadie elige
audit-rule-repeated = La misma pregunta otra vez
audit-rule-no-licence = Sin licencia

audit-says-reported = { $times ->
    [one] Alguien del personal dijo: { $notes }
   *[other] Se dijo { $times } veces: { $notes }
}
audit-says-suspected-key = Quienes saben más se equivocan aquí más a menudo (correlación con el resto { $figure }, { $answers } respuestas).
audit-says-preferred = Quienes saben más eligen «{ $option }», y no la clave ({ $answers } respuestas).
audit-says-as-guessed = Acertó el { $right } %; al azar se acierta el { $guess } % ({ $answers } respuestas).
audit-says-tells-little = Acertar aquí dice poco sobre lo demás (correlación { $figure }, { $answers } respuestas).
audit-says-nearly-all-right = Acertó el { $right } % ({ $answers } respuestas).
audit-says-misfit = Las respuestas sorprenden más de lo debido (infit { $infit }, outfit { $outfit }; 1 es lo esperado; { $answers } respuestas).
audit-says-idle-option = «{ $option }»: { $chosen ->
    [0] nadie la eligió
    [one] se eligió una vez
   *[other] se eligió { $chosen } veces
} en { $answers } respuestas.
audit-says-hurried = El { $share } % respondió en menos de la quinta parte de los { $seconds } segundos habituales ({ $answers } respuestas).
audit-says-dependent = Aciertos y errores coinciden con «{ $other }» más de lo que explica el saber (Q3 { $figure }, { $answers } estudiantes).
audit-says-easier = Se volvió más fácil con el tiempo, en { $figure } log-odds ({ $answers } respuestas).
audit-says-harder = Se volvió más difícil con el tiempo, en { $figure } log-odds ({ $answers } respuestas).
audit-says-repeated = { $count ->
    [one] La misma pregunta con la misma clave está una vez más: { $others }
   *[other] La misma pregunta con la misma clave está { $count } veces más: { $others }
}
audit-says-repeated-option = Dos opciones dicen «{ $option }».
audit-says-key-length = La opción correcta tiene { $key } letras, la más larga de las otras { $other }.
audit-says-key-position = En las preguntas con { $options } opciones, la correcta está en los lugares { $counts } veces; el azar difícilmente haría eso.
audit-says-guessable = Adivinando se acierta el { $guess } % de las veces.
audit-says-no-hint = Quien se atasca no recibe ninguna pista.
audit-says-no-solution = No hay pasos explicados de los que aprender.
audit-says-no-licence = Nadie sabe si se puede usar: no se indica ninguna licencia.
audit-says-few-items = { $count ->
    [0] No hay ninguna pregunta para practicar esto.
    [one] Solo hay 1 pregunta, así que se repite y se recuerda.
   *[other] Solo hay { $count } preguntas, así que se repiten y se recuerdan.
}
audit-says-untaught = Ninguna unidad lo enseña, o está en un círculo de cosas que se esperan unas a otras.
audit-says-unreachable = El camino nunca llega a esto, a causa de { $others }.

audit-do-check-key = Resuélvela y compara con la clave.
audit-do-read-item = Léela como la leería un estudiante.
audit-do-retire-one = Una de ellas puede irse.
audit-do-rewrite-options = Ayudan opciones de largo parecido que atraigan a alguien.
audit-do-shuffle-options = Deja que las opciones se mezclen.
audit-do-look-at-answers = Mira quién respondió y cuándo.
audit-do-write-help = Escribe pistas en orden y los pasos explicados.
audit-do-name-licence = Di bajo qué licencia se puede usar.
audit-do-write-items = Escribe más, o júntalo con algo cercano.
audit-do-mend-links = Arregla las unidades y qué va antes de qué.

## La página de una pregunta

item-as-seen = Como la ve un estudiante
item-other-numbers = Otros números
item-decide = Qué hacer con ella
item-answers = Respuestas
item-held = Retirada por { $name }, { $when }. { $why }
item-hold-why = ¿Por qué? (si quieres)
item-hold-note = Nadie la recibe hasta que alguien vuelva a darla. Quienes ya están en ella la terminan.
item-bad-why = ¿Qué tiene de malo?
item-bad = Esta pregunta es mala

## La tarjeta de hoy

teach-kind-audit = Preguntas
teach-card-audit = { $count ->
    [one] Una pregunta puede estar haciendo daño
   *[other] { $count } preguntas pueden estar haciendo daño
}
teach-act-audit = Verlas

item-class = { $first ->
    [0] Nadie de esta clase la ha respondido todavía.
   *[other] En esta clase, { $right } de { $first } primeras respuestas fueron correctas.
}
item-everywhere = En todas las clases:
item-wrong = Primeras respuestas incorrectas
item-mix-up = Confusión
item-wrong-answer = Respuesta
item-wrong-count = Cuántas veces
item-shows = muestra que los estudiantes { $mix-up }
item-shows-nothing = no corresponde a ninguna confusión conocida
item-times = { $count ->
    [one] una vez
   *[other] { $count } veces
}
item-more-wrong = { $count ->
    [one] y otra más
   *[other] y { $count } más
}
item-corrected-heading = Evaluadas de nuevo
item-corrected = { $name }: { $better ->
    [0] { $worse ->
        [0] se ve otra confusión
        [one] una respuesta no era correcta
       *[other] { $worse } respuestas no eran correctas
    }
    [one] una respuesta sí era correcta
   *[other] { $better } respuestas sí eran correctas
}
item-key = La clave
item-key-wrong = La clave está mal
item-key-right = La respuesta correcta
item-key-look = Verla primero
item-key-new = Clave nueva
item-key-then = Todas sus respuestas se evalúan de nuevo, como si esta hubiera sido la clave desde el principio. Se avisa a quienes les cambie algo. Puedes deshacerlo.
item-key-mend = Corregir la clave
item-key-leave = Dejarla como está
item-key-fault-empty = Está vacía. Escriba la respuesta correcta.
item-key-fault-no-such-entry = No hay ninguna opción «{ $what }».
item-key-fault-no-number = «{ $what }» no es un número que podamos leer.
item-key-fault-not-each-once = Cada elemento debe estar una vez en el orden.
item-key-fault-unreadable = Nadie podría dar «{ $what }» como respuesta a esta pregunta.
item-key-fault-in-files = Una clave de este tipo se cambia en los archivos del curso.
item-key-fault-template = No se puede armar la pregunta con esta clave: { $what }
item-mended = Corregida por { $name }, { $when }. { $why }
audit-done-mended = Corregida. Todas las respuestas se evaluaron de nuevo y se avisa a los estudiantes.
audit-done-unmended = Deshecho. Las respuestas cuentan como antes.
refusal-another-question = Esto sería otra pregunta, o una que no se puede hacer. No se cambió nada.
today-corrected-title = Arreglamos un error
today-corrected-better = { $better ->
    [one] Una pregunta de «{ $title }» tenía una clave equivocada. Tu respuesta era correcta y ahora cuenta.
   *[other] Una pregunta de «{ $title }» tenía una clave equivocada. { $better } respuestas tuyas eran correctas y ahora cuentan.
}
today-corrected-worse = Una pregunta de «{ $title }» tenía una clave equivocada. Una respuesta que dimos por buena no lo era. Fue un error nuestro; las próximas preguntas ayudarán.
teach-event-rescored = Se corrigió una pregunta; las respuestas se evaluaron de nuevo
teach-event-rescored-better = { $count ->
    [one] una respuesta sí era correcta
   *[other] { $count } respuestas sí eran correctas
}
teach-event-rescored-worse = { $count ->
    [one] una respuesta no era correcta
   *[other] { $count } respuestas no eran correctas
}
teach-event-look = Ver la pregunta
why-rescored = Se corrigió una pregunta de «{ $title }» y tus respuestas se evaluaron de nuevo.
