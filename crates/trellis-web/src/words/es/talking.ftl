# La hoja para la charla de estudiante, familia y docente, y el avance en la página de dirección.

district-growth-heading = Dominado por estudiante en cuatro semanas
district-growth = { $mean } ({ $low } a { $high })
district-growth-note = El promedio de la clase y, entre paréntesis, el rango en que estaría 8 de 10 veces si volvieran semanas así. Una clase pequeña deja un rango amplio. Dos clases cuyos rangos se cruzan quizá no difieren.
conference-title = Para hablar de { $name }
conference-link = Hoja para la charla
conference-lead = Para la charla de { $name }, la familia y quien enseña. Imprímala y escriba en ella.
conference-can = Lo que salió bien
conference-can-none = Esta semana no hay nada nuevo. Miren juntos el mes pasado.
conference-now = Lo que viene ahora
conference-hard = Lo que cuesta
conference-hard-none = Nada destaca.
conference-ask = Pregúntense
conference-ask-student = { $name }: ¿De qué tienes orgullo? ¿Qué quieres aprender ahora?
conference-ask-family = Familia: ¿Qué ven en casa? ¿Qué le gusta a { $name }?
conference-ask-teacher = Docente: ¿Qué ha visto que ninguna respuesta muestra?
conference-agree = Lo que acordamos
conference-sign = Firmas
conference-sign-student = { $name }
conference-sign-family = Familia
conference-sign-teacher = Docente
conference-date = Fecha
conference-print = Imprimir
