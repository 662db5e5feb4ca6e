# Palabras de las credenciales. Sencillas, cálidas y exactas.

badge-title = Entra con tu credencial
badge-press = Ya se leyó tu credencial. Oprime el botón para entrar.
badge-letters = Las letras de tu credencial
badge-help = Están al lado del cuadro. Mayúsculas o minúsculas, con espacios o sin ellos: todo sirve.
badge-enter = Entrar
badge-refused = Esta credencial no te dejó entrar. Sirve mientras tu clase está abierta, y solo vale tu credencial más nueva. Después de cinco intentos tu maestro puede ayudar.
badge-other-way = Otra manera de entrar
badge-have = Tengo una credencial
badges-title = Credenciales, { $section }
badges-lead = Con una credencial, un estudiante entra en la clase abierta usando la cámara, sin código ni dibujos. Fuera de la clase no abre nada.
badges-print-now = Imprímalas ahora. Lo que dice una credencial no se guarda en ninguna parte: cuando deje esta página, nadie podrá volver a verlo.
badges-who = Para quién
badges-has-none = todavía sin credencial
badges-once = Una credencial nueva deja sin valor a la anterior. Al retirar una credencial también se cierra la sesión del estudiante.
badges-make = Hacer credenciales nuevas
badges-withdraw = Retirar credenciales
badges-again = Volver a la lista de credenciales
badges-code = Credencial de { $name }
badges-type = ¿Sin cámara? Abre { $address } y escribe:
badges-done-withdrawn = Las credenciales se retiraron. Desde ahora no abren nada.
badges-done-none = Elija por lo menos a un estudiante.
badges-card = Credenciales
badges-card-lead = Un código cuadrado para que cada estudiante entre en la clase abierta. Las perdidas se cambian o se retiran.
badges-card-go = A las credenciales
