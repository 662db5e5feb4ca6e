# Encontrar dónde empezar en un curso: la página del día, las preguntas y lo que ve el maestro.

placement-title = Encuentra dónde empezar: { $course }
placement-offer-text = Ya sabes una parte de esto. Con { $most } preguntas como mucho vemos cuál, para que no tengas que repetirla. Sin pistas; «todavía no lo sé» también es una buena respuesta.
placement-offer-button = Encontrar mi lugar
placement-offer-stop = Empezar desde el principio
placement-running-text = Has respondido { $done } de { $most } preguntas como mucho. Tus respuestas están guardadas.
placement-running-button = Seguir
placement-running-stop = Ya es suficiente
placement-question = Encuentra tu lugar: pregunta { $number }, { $of } como mucho
placement-why = Esta pregunta es la que más nos dice sobre dónde debes empezar. No te cuesta nada.
placement-done =
    { $known ->
        [0] Esa fue la última pregunta. Empiezas desde el principio, y ahora sabemos por qué.
        [one] Esa fue la última pregunta. Parece que sabes una destreza: empiezas después de ella.
       *[other] Esa fue la última pregunta. Parece que sabes { $known } destrezas: empiezas después de ellas.
    }
placement-fact =
    { $known ->
        [0] { $asked } preguntas buscaron dónde empezar: desde el principio.
        [one] { $asked } preguntas buscaron dónde empezar: una destreza parece sabida.
       *[other] { $asked } preguntas buscaron dónde empezar: { $known } destrezas parecen sabidas.
    }
teach-purpose-placement = Ubicación
teach-placement-sure = Encontró dónde empezar
teach-placement-asked = Encontró dónde empezar
teach-placement-stopped = Dejó de buscar dónde empezar
teach-placement-skipped = No quiso buscar dónde empezar
teach-placement-found = { $right } de { $asked } bien. { $known ->
    [0] Nada se da por sabido.
    [one] Una destreza se da por sabida hasta que una respuesta diga otra cosa.
   *[other] { $known } destrezas se dan por sabidas hasta que una respuesta diga otra cosa.
}
courses-placement = Ofrecer a cada estudiante encontrar dónde empezar
courses-placement-help = Como mucho 20 preguntas al entrar en un curso con orden. Lo que parece sabido abre lo que sigue; nada queda dominado por eso.

how-calibration-title = Cuántas veces acierta aquí
how-calibration-text = Antes de cada primer intento en una pregunta abierta, Trellis dice cuán probable es acertar. Aquí se ve cuántas veces se cumplió, contando a todos los estudiantes de este lugar.
how-calibration-expected = Se esperaba bien, de 100
how-calibration-right = Salieron bien, de 100
how-calibration-answers = Respuestas
how-calibration-hidden = Se dejan fuera las filas con menos de { $answers } respuestas o { $learners } estudiantes, para que no hablen de nadie.
how-calibration-none = Todavía no hay bastantes respuestas: cada fila necesita { $answers } respuestas de { $learners } estudiantes.
