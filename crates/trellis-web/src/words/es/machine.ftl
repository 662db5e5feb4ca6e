# El servidor, para quien lo cuida.

nav-machine = Servidor
machine-title = El servidor
machine-ready = Todo va bien: se acaba de escribir una página en el disco.
machine-not-ready = Ahora no se puede guardar nada.
machine-not-ready-do = Mire si el disco está lleno o si no se llega a la base de datos. El registro dice qué falló. Las respuestas confirmadas están a salvo.
machine-now = Desde que se inició
machine-waiting-title = En espera
machine-waiting = { $waiting ->
    [0] Nada espera a guardarse.
    [one] Un mensaje espera a guardarse, de { $most } que pueden esperar.
   *[other] { $waiting } mensajes esperan a guardarse, de { $most } que pueden esperar.
}
machine-waiting-do = Llega más de lo que admite el disco. A partir del máximo se pide volver a intentarlo.
machine-turned-away-title = Rechazado
machine-turned-away = { $count ->
    [0] Nadie tuvo que volver a intentarlo.
    [one] Una vez se pidió volver a intentarlo.
   *[other] { $count } veces se pidió volver a intentarlo.
}
machine-turned-away-do = No se perdió nada. Si sigue, use un disco más rápido o una segunda máquina.
machine-commits-title = Guardado
machine-commits = { $works ->
    [one] Un cambio
   *[other] { $works } cambios
} en { $commits ->
    [one] una escritura
   *[other] { $commits } escrituras
} en el disco, de unos { $ms } ms cada una.
machine-commits-do = El disco es lento: los estudiantes lo esperan después de cada respuesta.
machine-failed-title = Fallado
machine-failed = { $count ->
    [0] No falló ninguna escritura.
    [one] Falló una escritura entera.
   *[other] Fallaron { $count } escrituras enteras.
}
machine-failed-do = A quien las envió se le dijo que no se guardó nada. Mire el registro y haga la revisión de abajo.
machine-size-title = Tamaño
machine-size = { $events ->
    [one] Un suceso
   *[other] { $events } sucesos
}, { $mb } MB en la base de datos y { $log } MB al lado.
machine-versions = Lo que funciona
machine-program = Trellis
machine-model = Modelo de aprendizaje
machine-schema = Versión de las tablas
machine-more = Mirar más de cerca
machine-doctor = Esto revisa toda la base de datos, vuelve a contar cada suceso y dice en palabras sencillas qué está mal y qué hacer. El servidor puede seguir mientras tanto.
machine-backup = Esto hace una copia cifrada mientras el servidor sigue.
machine-metrics = Un monitor puede leer las mismas cifras; la guía para operadores dice cómo.
machine-doctor-command = trellis doctor --dir CARPETA
machine-backup-command = trellis backup --dir CARPETA --to COPIAS --key CLAVE
