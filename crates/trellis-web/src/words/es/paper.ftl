# Palabras de la página para imprimir. Sencillas, cálidas y exactas.

teach-nav-print = Imprimir
paper-title = Imprimir, { $section }
paper-lead = Hojas de trabajo con las respuestas en páginas aparte, planes de grupos y una página para cada familia.
paper-sheets = Hojas de trabajo
paper-who = Para quién
paper-who-class = Toda la clase
paper-who-group = Grupo de «{ $skill }»: { $names }
paper-what = Sobre qué
paper-what-next = Lo que le toca a cada estudiante
paper-numbers = Números
paper-numbers-own = Otros números para cada quien
paper-numbers-same = Los mismos para todos, una hoja para copiar
paper-numbers-help = Lo que le toca a cada estudiante es suyo, con otros números para cada quien.
paper-how-many = Cuántas
paper-count = { $count ->
    [one] 1 pregunta
   *[other] { $count } preguntas
}
paper-part = Qué se imprime
paper-part-both = Las hojas y luego las respuestas
paper-part-sheets = Solo las hojas
paper-part-keys = Solo las respuestas
paper-make = Hacer las hojas
paper-again = Lo mismo con otros números
paper-keep = La dirección de esta página siempre hace las mismas hojas. Guárdela para imprimirlas otra vez, o sus respuestas.
paper-print = Imprimir
paper-code = Hoja { $code }
paper-name = Nombre
paper-next-title = Lo que te toca
paper-question = Pregunta { $number }
paper-answer = Respuesta
paper-key = Respuestas, para quien enseña
paper-empty = Por ahora no hay ninguna pregunta abierta que quepa en papel.
paper-families = Una página para cada familia
paper-families-lead = La semana de cada niña y niño de esta clase de una sola vez, cada quien en su hoja. ¿En qué idioma?
paper-families-title = Páginas para las familias, { $section }
paper-families-about = { $count ->
    [one] 1 página
   *[other] { $count } páginas, una para cada niña o niño
}
paper-back = Todo lo que se puede imprimir
paper-plans = Planes y tarjetas de grupos
paper-plans-none = Aún no hay ningún grupo. La página de un grupo tiene diez minutos para enseñar y tarjetas para recortar.
