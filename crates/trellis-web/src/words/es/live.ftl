# Palabras de la clase mientras transcurre. Sencillas, cálidas y exactas.

teach-nav-live = En vivo
live-title = Clase en vivo, { $section }
live-lead = Quién puede necesitarle ahora. Solo dice lo que dicen las respuestas: no se mira la pantalla de nadie.
live-how = Con dificultad: dos intentos fallidos en una pregunta, o tres preguntas seguidas sin acertar. Sin actividad: nada en cinco minutos. Terminó: todas las paradas de hoy.
live-open = La clase está abierta.
live-closed = La clase está cerrada.
live-paused = En pausa: cada estudiante ve «Mira hacia adelante».
live-pause = Pausa: pedir atención
live-go-on = Seguir
live-hide = Ocultar los nombres
live-show = Mostrar los nombres
live-again = Cargar otra vez
live-student = Estudiante { $number }
live-since = { $minutes ->
    [0] hace un momento
    [one] hace 1 minuto
   *[other] hace { $minutes } minutos
}
live-stuck = { $count ->
    [0] Nadie tiene dificultad
    [one] 1 con dificultad
   *[other] { $count } con dificultad
}
live-idle = { $count ->
    [0] Nadie está sin actividad
    [one] 1 sin actividad
   *[other] { $count } sin actividad
}
live-working = { $count ->
    [0] Nadie trabaja en este momento
    [one] 1 trabaja
   *[other] { $count } trabajan
}
live-done = { $count ->
    [0] Nadie terminó por hoy
    [one] 1 terminó por hoy
   *[other] { $count } terminaron por hoy
}
live-away = { $count ->
    [0] Todo el grupo ha entrado
    [one] 1 no ha entrado
   *[other] { $count } no han entrado
}
paused-title = Mira hacia adelante
paused-text = Tu profe quiere decirle algo a toda la clase. Tu trabajo está a salvo. Seguirás justo donde estás.
paused-again = Seguir
