# Palabras de lo que las personas se preguntan, de grupos y de planes. Sencillas, cálidas y exactas.

teach-nav-matters = Mensajes
nav-support = Apoyo

teach-card-stuck-each = { $count } estudiantes siguen probando, cada cual otra cosa
teach-card-doubted-each = { $count } estudiantes quizá olvidaron algo, cada cual otra cosa
teach-card-disagrees-each = { $count } estudiantes no están de acuerdo con un nivel
teach-kind-asks-to-show = Quiere mostrarlo
teach-card-asks-to-show-each = { $count } estudiantes quieren mostrar lo que saben
teach-card-asks-to-show = { $count ->
    [one] { $name } quiere mostrar lo que sabe
   *[other] { $count } estudiantes quieren mostrar “{ $skill }”
}
teach-evidence-asks-to-show = { $count ->
    [one] Una charla, tres preguntas o un trabajo: tú dices cómo.
   *[other] Una charla, tres preguntas o un trabajo: tú dices cómo.
}
teach-kind-disagrees = No está de acuerdo
teach-kind-family-asks = Una familia pregunta
teach-card-disagrees = { $count ->
    [one] { $name } no está de acuerdo con un nivel
   *[other] { $count } estudiantes no están de acuerdo con el nivel de «{ $skill }»
}
teach-card-family-asks = { $count ->
    [one] La familia de { $name } espera una respuesta
   *[other] { $count } familias esperan una respuesta
}
teach-evidence-disagrees = { $count ->
    [one] El nivel sale de las respuestas. Conviene que mire alguien que sabe más que ellas.
   *[other] Los niveles salen de las respuestas. Conviene que mire alguien que sabe más que ellas.
}
teach-evidence-family-asks = { $count ->
    [one] En su página ven cuánto llevan esperando.
   *[other] En sus páginas ven cuánto llevan esperando.
}
teach-seen-raised = espera desde { $since }
teach-act-answer = Contestar

matter-kind-disagreement = No está de acuerdo
matter-kind-assessment = Quiere mostrar lo que sabe
matter-kind-question = Pregunta
matter-kind-objection = Algo está mal
matter-kind-support = Ayuda pedida
matter-said = { $when }
matter-waits = Espera respuesta desde { $when }
matter-answered = Contestado { $when }
matter-sent = Enviado. Aquí verá la respuesta.
matter-what = ¿Qué es?
matter-before = Lo que dijo antes
matter-family-of = La familia de { $name }
matter-answer-label = Respuesta para { $name }
matter-look = Ver el trabajo
matter-your-answer = Su respuesta
matter-answer-button = Enviar la respuesta
matter-answered-heading = Contestado hace poco
matter-done-answered = Enviado. Lo ven en su página.
matter-done-asked = Enviado. Solo lo ven quienes dirigen el distrito.

matters-title = Mensajes, { $section }
matters-lead = Lo que estudiantes y familias le dijeron, primero lo que más espera. Ven cuánto llevan esperando.
matters-none = Nadie espera una respuesta.

support-title = Quién necesita una respuesta
support-lead = Para qué pidieron ayuda los docentes, primero lo que más espera. Solo lo ven ellos y quienes dirigen el distrito.
support-none = Ningún docente espera ayuda.
support-by = { $teacher }, { $section }
support-heading = ¿Necesita ayuda?
support-text = Con un estudiante, una clase o con Trellis. Solo lo leen quienes dirigen el distrito.
support-label = Necesito ayuda con
support-button = Pedir ayuda
support-families-heading = Familias que esperan
support-families = { $count ->
    [one] { $section }: 1 pregunta de una familia espera, desde { $since }
   *[other] { $section }: { $count } preguntas de familias esperan, la más antigua desde { $since }
}

say-title = Tu nivel en «{ $skill }»
say-back = Volver a mi mapa
say-level = { $tries ->
    [0] El mapa dice: { $level }. Todavía no contestaste ninguna pregunta de esto.
    [one] El mapa dice: { $level }. Sale de 1 pregunta, { $right } bien a la primera y sin ayuda.
   *[other] El mapa dice: { $level }. Sale de { $tries } preguntas, { $right } bien a la primera y sin ayuda.
}
say-lead = ¿Crees que no es así, o puedes mostrar más? Díselo a tu docente. Lo lee y contesta una persona, no un programa.
say-label = ¿Qué debe saber tu docente? Puedes dejarlo vacío.
say-button = Enviar
say-disagreement = No estoy de acuerdo con este nivel
say-assessment = Quiero mostrar a mi docente lo que sé
map-say = Díselo a mi docente

ask-title = Preguntar por { $name }
ask-back = Volver a la semana de { $name }
ask-lead = Alguien que enseña a { $name } lo lee y le contesta. Aquí ve cuánto tarda.
ask-question = Tengo una pregunta
ask-objection = Algo está mal
ask-label = ¿Qué quiere decir?
ask-button = Enviar
family-ask = Escribir a quien enseña

teach-nav-groups = Grupos
teach-act-group = Planear un grupo
groups-title = Grupos, { $section }
groups-lead = A quién le servirían diez minutos juntos, por lo que muestran sus respuestas esta semana. Usted elige; no se envía nada a nadie.
groups-none-heading = No destaca ningún grupo
groups-none = Ahora nadie comparte una dificultad, por lo que dicen las respuestas.
groups-saved = Sus grupos
group-who = Quiénes
group-save = Formar este grupo
group-save-label = Formar un grupo: { $skill }
group-about-mix-up = La misma confusión: { $mix-up }.
group-about-skill = Trabajan la misma destreza y necesitan una mano.
group-since = Formado
group-outcome = Cómo fue
group-why = Por qué
group-why-mix-up = { $mix-up }, { $times ->
    [one] una vez esta semana
   *[other] { $times } veces esta semana
}
group-why-stuck = { $tries } intentos, { $right } bien sin ayuda, y no mejora
group-why-begun = { $tries } intentos, { $right } bien sin ayuda
group-why-placed = Usted lo puso aquí
group-title = Diez minutos sobre «{ $skill }»
group-made = Formado { $when }.
group-back = Todos los grupos
group-print = Imprimir plan y tarjetas
group-empty = Ahora no hay nadie en este grupo.
group-then = Entonces
group-later-now = Ahora
group-later-week = Una semana después
group-tried = { $tries ->
    [0] ninguna pregunta desde entonces
    [one] 1 pregunta desde entonces, { $right } bien sin ayuda
   *[other] { $tries } preguntas desde entonces, { $right } bien sin ayuda
}
group-outcome-so-far = Hasta ahora { $risen } de { $all } están más arriba que antes; { $mastered } ya la dominan.
group-outcome-week = Una semana después { $risen } de { $all } estaban más arriba que antes; { $mastered } ya la dominaban.
group-move = Mover
group-move-label = Mover a { $name }
group-move-to = A «{ $skill }», formado { $when }
group-move-button = Mover
group-stay = Se queda aquí
group-out = Ya no participa
group-add = Añadir a alguien
group-add-button = Añadir
group-ten = Diez minutos
group-ten-ask = 2 minutos. Muestre esto. Cada quien dice primero qué haría; nadie dice todavía si está bien.
group-ten-turn = Algunos de este grupo dirían
group-ten-show = 5 minutos. Resuélvanlo juntos. Pare después de cada paso y que alguien diga por qué.
group-ten-try = 3 minutos. Cada quien prueba una tarjeta a solas; después comparan de dos en dos.
group-ten-none = El curso no tiene para esta destreza una solución paso a paso que quepa en papel.
group-cards = Tarjetas para recortar
group-card = Tarjeta { $number }
group-key = Respuestas, para usted
