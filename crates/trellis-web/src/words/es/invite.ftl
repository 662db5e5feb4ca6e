# Palabras de las invitaciones en papel y de su uso. Sencillas, cálidas y exactas.

join-title = Tu invitación
join-letters = Las letras de tu papel
join-help = Están junto al cuadrado. Mayúsculas o minúsculas, con espacios o sin ellos: todo vale.
join-next = Siguiente
join-refused = Esta invitación no abre nada. Puede que ya se haya usado, que sea muy antigua o que se haya impreso otra más nueva. Pide una nueva a la escuela.
join-hello = Hola, { $name }
join-as-teacher = Te invitan como docente. Elige cómo vas a entrar.
join-as-leader = Te invitan como parte de la dirección de la escuela. Elige cómo vas a entrar.
join-as-operator = Te invitan como quien se ocupa de esta máquina. Elige cómo vas a entrar.
join-as-guardian = Te invitan a ver la semana de tu hijo o hija. Elige cómo vas a entrar.
join-as-learner = Elige cómo vas a entrar.
join-login-help = Puedes quedarte con este nombre o escribir otro, como tu dirección de correo. Letras, cifras y . _ - + @
join-again = La contraseña otra vez
join-rules = Al menos { $least } caracteres. Unas palabras que solo tú juntarías se recuerdan bien.
join-enter = Entrar
join-have = Ya tengo nombre y contraseña
join-have-paper = Tengo una invitación en papel
join-login-wrong = Un nombre para entrar tiene de 3 a 60 letras, cifras o . _ - + @, sin espacios.
join-login-taken = Otra persona de aquí entra con este nombre. Elige otro, por favor.
join-unlike = Las dos contraseñas no son iguales. Escríbelas otra vez, por favor.
join-short = Esta contraseña es muy corta. Usa al menos { $least } caracteres, por ejemplo unas palabras.
join-long = Esta contraseña es muy larga. Como máximo, { $most } caracteres.
join-easy = Otros probarían pronto esta contraseña: está hecha de un nombre, de una palabra que usan muchos o de una fila de teclas. Piensa en otra, por favor.
invite-title = Invitaciones para las familias, { $section }
invite-staff-title = Invitaciones para el personal
invite-lead = Con una invitación, una familia elige su nombre y su contraseña y ve la semana de su hijo o hija.
invite-staff-lead = Con una invitación, un docente o alguien de la dirección elige su nombre y su contraseña. También ayuda a quien ha olvidado los suyos.
invite-print-now = Imprime esto ahora. Lo que pone en una invitación no se guarda: cuando salgas de esta página, nadie podrá verlo otra vez.
invite-nobody = La lista de la escuela no nombra a nadie a quien puedas invitar aquí. La oficina puede añadir a las familias.
invite-once = Una invitación nueva deja sin valor la anterior. La contraseña que alguien tiene sigue hasta que se usa la invitación nueva.
invite-make = Hacer invitaciones
invite-list = Volver a la lista
invite-back = Volver
invite-of = Familia de { $children }
invite-teacher = Docente
invite-leader = Dirige la escuela
invite-operator = Se ocupa de la máquina
invite-guardian = Familia
invite-signs-in = tiene contraseña
invite-until = con invitación hasta el { $day }
invite-none = aún sin invitación
invite-hello = Para { $name }
invite-what = Tu invitación a Trellis. Ábrela con una cámara y elige un nombre y una contraseña.
invite-code = Invitación para { $name }
invite-holds = Se puede usar una vez, hasta el { $day }.
invite-done-none = Elige al menos a una persona.
invite-card = Invitaciones para las familias
invite-card-lead = Una hoja para que cada familia elija su nombre y su contraseña.
invite-card-go = A las invitaciones
badges-pictures = Hacer imágenes nuevas
badges-code-at = Abre { $address }, escribe { $code }, elige tu nombre y después estas tres en este orden:

## Cómo entra una persona adulta
account-title = Cómo entra usted
account-link = Cómo entra usted
account-where = Dónde tiene la sesión abierta
account-where-text = ¿Alguna no es suya, o es de un aparato que ya no tiene? Ciérrelas todas menos esta.
account-here = Aquí, desde el { $day }
account-elsewhere = En otro aparato o en otra ventana, desde el { $day }
account-since-unknown = hace tiempo
account-end = Cerrar todas las demás
account-change = Otra contraseña
account-present = Su contraseña de ahora
account-new = La contraseña nueva
account-change-button = Cambiarla
account-change-text = En todos los demás lugares se cierra la sesión.
account-none = Usted entra sin contraseña.
account-wrong = Esa no es su contraseña de ahora.
account-locked = Demasiados intentos equivocados. Quien dirige la escuela puede dejarle intentarlo otra vez.
account-done-changed = Su contraseña cambió. En todos los demás lugares se cerró la sesión.
account-done-ended = En todos los demás lugares se cerró la sesión.
record-column-seen = usado por última vez
record-column-since = desde
account-login = Usted entra como { $login }.
district-signed-title = Cerrar todas las sesiones de una persona adulta
district-signed-text = Cuando se pierde un aparato o alguien se ha ido. Después puede entrar otra vez, salvo que usted la quite de la lista.
district-signed-end = Cerrar sus sesiones
district-signed-done-ended = Sus sesiones están cerradas en todas partes.
district-signed-done-nobody = Ninguna persona adulta tiene este número.

## Un código junto a la contraseña
second-title = Un código junto a la contraseña
second-lead = Con él, una contraseña robada no abre nada: al entrar se pide también un código que muestra una aplicación de su teléfono.
second-first = Tu distrito lo pide a todo el personal. Configúralo ahora; después se abren tus otras páginas.
second-is-on = Al entrar también se le pide un código.
second-set-up = Prepararlo
second-look = Verlo
second-off = No está preparado
second-begin = Empezar
second-set-title = Páselo a su aplicación
second-set-text = Abra una aplicación que haga códigos, como una de contraseñas, y deje que lea este cuadro. Después escriba las seis cifras que muestra.
second-qr = Un cuadro para la aplicación, con el secreto que necesita
second-letters = O escriba en ella estas letras:
second-code = El código
second-code-help = Seis cifras de su aplicación, o uno de los códigos de su papel.
second-confirm = Este es el código
second-wrong = Este código no sirve, o ya se usó. Espere al siguiente.
second-on = Activo desde el { $day }
second-left = { $count ->
    [0] No queda ningún código en papel. Quítelo y prepárelo otra vez para tener nuevos.
    [one] Queda un código en papel.
   *[other] Quedan { $count } códigos en papel.
}
second-codes-title = Códigos para su papel
second-codes-text = { $count ->
    [one] Se muestra solo esta vez. Escríbalo y guárdelo donde no esté su teléfono.
   *[other] Estos { $count } se muestran solo esta vez. Escríbalos y guárdelos donde no esté su teléfono. Cada uno abre una vez.
}
second-end-title = Quitarlo
second-end = Quitarlo
second-done-ended = Está quitado. Basta su contraseña para entrar.
second-ask-title = Un código más
second-back = Entrar como otra persona
record-table-second-factor = El código junto a su contraseña
record-table-recovery-code = Códigos en papel
record-table-half-sign-in = Entradas que esperan un código
record-column-secret = el secreto
record-column-last-step = el medio minuto del último código

sign-on-with = Entrar con { $name }
sign-on-done-refused = No funcionó y nadie entró. Inténtalo otra vez o usa otra manera.
sign-on-done-unknown = Esa cuenta no está unida a nadie de esta escuela. Entra primero de otra manera y únela en «Cómo entras», o pregunta a quien dirige tu escuela.
sign-on-done-taken = Ya tienes unida otra cuenta de ese servicio. Entra con esa, o quita la unión en «Cómo entras».
sign-on-done-away = Ese servicio no contesta ahora. Usa otra manera o inténtalo más tarde.
sign-on-title = Entrar con otro servicio
sign-on-text = Una vez unida, esa cuenta también te deja entrar aquí. Trellis guarda su número para ti y nada más.
sign-on-since = Unida desde el { $day }
sign-on-link = Unir
sign-on-cut = Quitar la unión
account-done-linked = Está unida. Desde ahora esa cuenta también te deja entrar.
account-done-taken = No se pudo unir: esa cuenta es de otra persona aquí, o ya tienes unida otra.
account-done-cut = Se quitó la unión. Esa cuenta ya no te deja entrar.
record-table-sign-on = cuentas de otros servicios
record-column-issuer = servicio
record-column-subject = su número para ti

## Llaves de acceso
passkey-title = Entrar con una llave de acceso
passkey-text = Una llave de acceso vive en su teléfono, en su computadora o en una llave suya, y se abre con su dedo, su cara o el número del propio aparato. No hay nada que recordar ni nada que alguien pueda sacarle con engaños.
passkey-since = Desde el { $day }
passkey-used = Usada por última vez el { $day }
passkey-cut = Quitar
passkey-name = Cómo llamarla
passkey-name-usual = Mi aparato
passkey-make = Hacer una llave de acceso
passkey-not-made = No se hizo ninguna llave. Inténtelo otra vez, o con otro aparato.
passkey-anew = Salga y entre otra vez primero, para que sepamos que sigue siendo usted.
passkey-no-browser = Su navegador no puede hacer llaves de acceso aquí. Hacen falta programas en la página y una conexión por TLS.
passkey-enter = Entrar con una llave de acceso
passkey-not-signed = No se usó ninguna llave. Inténtelo otra vez, o entre de otra manera.
sign-on-done-passkey = Esa llave no abre nada aquí. Entre de otra manera; si debería abrir, haga una nueva en «Cómo entras».
account-done-passkey = Su llave de acceso está hecha. Desde ahora le deja entrar.
account-done-no-passkey = No se hizo ninguna llave. Inténtelo otra vez, o con otro aparato.
account-done-no-more-passkey = Está quitada y ya no abre nada. Bórrela también en su aparato.
record-table-passkey = llaves de acceso
record-table-passkey-question = preguntas a llaves de acceso que esperan respuesta
record-column-credential = su nombre entre todas las llaves
record-column-algorithm = cómo firma
record-column-public-key = su mitad pública
record-column-counter = cuántas veces ha firmado
record-column-challenge-hash = una huella de la pregunta
record-column-by-passkey = si la abrió una llave de acceso
record-column-used = último uso
