# El informe de un periodo para una familia.

term-link = Informe del periodo
term-title = Cómo le fue a { $name } en este tiempo
term-dates = Del { $from } al { $to }
term-busy = { $questions ->
    [0] { $name } no hizo preguntas en este tiempo.
    [one] { $name } hizo una pregunta en este tiempo.
   *[other] { $name } hizo { $questions } preguntas en { $days ->
        [one] un día
       *[other] { $days } días
    } de este tiempo.
}
term-choose = Elija los días
term-from = Primer día
term-to = Último día
term-show = Ver
term-fault-days = Esos días no van bien. Elija un primer día y un último día más tarde, con 400 días o menos entre los dos.
term-can = Nuevo: { $name } ya puede con esto
term-can-none = No acabó un paso nuevo en este tiempo.
term-by-teacher = Lo vio un maestro.
term-doubt = Para mirar otra vez
term-doubt-text = { $name } ya podía con esto. Lo último que hizo deja una duda.
term-now = Todavía no
term-now-text = { $name } ya empezó esto. Hacen falta más respuestas buenas.
term-now-none = No empezó nada más.
term-goals = Metas
term-goal-done = Lograda: { $goal }
term-goal-open = En camino: { $goal }. El último día es el { $day }.
term-words = Lo que dijeron los maestros
term-words-by = { $by }, { $day }
term-words-next = Lo que sigue: { $next }
term-work = Lo que { $name } comparte
term-work-thinks = { $name } piensa: { $text }
term-how = Cómo leer esto
term-how-text = Un paso es nuevo cuando salen bien preguntas nuevas y sin ayuda. Un día bueno no basta. Si usted lo ve de otro modo, hable con un maestro.
