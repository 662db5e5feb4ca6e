# Palabras del marco, de la entrada, de los errores y de las negativas. Sencillas y cálidas; sin culpas y sin jerga.

skip = Saltar a la página
nav-label = Principal
nav-today = Hoy
nav-map = Mi mapa
nav-lessons = Lecciones
nav-teach-today = Hoy
nav-family = Esta semana
nav-district = Distrito
nav-how = Cómo decide Trellis
signed-in-as = Sesión de { $name }
sign-out = Salir
language-label = Idioma
foot-says = Un programa ayuda a elegir qué practicar. Un maestro siempre lo puede cambiar.

## Probabilidades. Una creencia nunca es segura: ni 0 ni 10 de cada 10.
chance-times =
    { $tenths ->
        [0] menos de 1 vez de cada 10
        [one] 1 vez de cada 10
        [10] más de 9 veces de cada 10
       *[other] { $tenths } veces de cada 10
    }
chance-figure =
    { $tenths ->
        [0] menos de 1
        [10] más de 9
       *[other] { $tenths }
    }

error-title = Eso no funcionó
error-back = Volver al inicio
error-bad-request = No pudimos leer lo que se envió. Vuelve atrás y prueba otra vez.
error-other-site = Esto vino de otro sitio, así que no se cambió nada. Abre Trellis y prueba allí.
error-busy = Mucha gente trabaja en este momento. No se perdió nada: espera un poco y pulsa el botón otra vez.
error-too-fast = Fueron muchas cosas a la vez. No se perdió nada: espera un momento y sigue.
error-too-slow = Tardó demasiado en llegar. Revisa la conexión y envíalo otra vez: no se pierde nada y nada cuenta dos veces.
error-failed = Algo falló de nuestro lado. No se perdió nada de lo que enviaste antes. Prueba otra vez o díselo a tu maestro.

refusal-sign-in-first = Primero entra con tu nombre.
refusal-not-yours = Esta página no está abierta para ti. Si crees que debería estarlo, pregunta a tu maestro o a tu escuela.
refusal-not-found = Aquí no hay nada. Quizá la dirección es vieja o está mal escrita.
refusal-attempt-over = Esta pregunta ya terminó. Sigue con la próxima.
refusal-item-gone = Esta pregunta se quitó del curso. Sigue con otra.
refusal-no-more-hints = Ya no hay más pistas para esta pregunta.
refusal-no-items = Todavía no hay una pregunta para esto. Elige otra cosa.
refusal-not-in-course = Esto no es parte de tu curso.
refusal-closed-by-teacher = Esto todavía no está abierto. Tu mapa muestra lo que va antes.
refusal-already-so = Eso ya está hecho.
refusal-nothing-to-undo = Aquí no hay nada que deshacer.
refusal-no-such-interest = No tenemos cuentos de esa clase.
refusal-no-such-courses = Elija uno o varios de los cursos que hay aquí.
refusal-class-closed = Esta clase no está abierta ahora. Pide a tu maestro que la abra y revisa el código.
refusal-too-long = Eso es más largo de lo que podemos recibir. Hazlo más corto.
refusal-not-in-rubric = Estos puntos no están en la rúbrica de esta pregunta. Mire la respuesta otra vez.
refusal-still-waiting = Ya esperan respuesta tantos como pueden esperar a la vez. Primero alguien los contestará.
refusal-nothing-said = No se escribió nada. Vuelva y dígalo en pocas palabras.

## La entrada
sign-in-title = Te damos la bienvenida a Trellis
sign-in = Entrar
sign-in-student = Soy estudiante
sign-in-staff = Trabajo en la escuela, o soy familia
class-code = Código de la clase
class-code-help = Lo tiene tu maestro. Sirve mientras la clase está abierta.
find-class = Buscar mi clase
login = Su nombre para entrar
password = Contraseña
staff-refused = Ese nombre y esa contraseña no abrieron la puerta. Revise los dos y pruebe otra vez. Después de cinco intentos la entrada se cierra: entonces pregunte a quien dirige su escuela o a quien cuida Trellis en ella.

demo-title = Mire un poco: elija una persona
demo-text = Esta es una escuela de muestra con personas inventadas. Puede entrar como cualquiera de ellas y cambiar lo que quiera.
demo-teachers = Maestros
demo-students-of = Estudiantes de { $section }
demo-families = Familias
demo-leaders = Quienes dirigen el distrito
demo-count =
    { $n ->
        [one] { $n } persona
       *[other] { $n } personas
    }

who-are-you = ¿Quién eres?
pick-your-name = Elige tu nombre.
class-empty = Todavía no hay nadie en esta clase. Pregunta a tu maestro.
not-my-class = Esta no es mi clase
not-me = Este no soy yo
your-pictures = Tus tres dibujos
pictures-title = ¡Hola, { $name }!
pictures-ask = Elige tus tres dibujos en orden.
pictures-again = Esos no son tus dibujos. Prueba otra vez. Después de cinco intentos tu maestro puede ayudar.
pictures-locked = Ya probaste varias veces. Pide a tu maestro que te deje entrar.
pictures-unset = Todavía no tienes dibujos. Pídelos a tu maestro.
pictures-none = Elige el primer dibujo.
pictures-one = Hay uno. Elige el segundo.
pictures-two = Hay dos. Elige el tercero.
pictures-three = Ya hay tres.
pictures-clear = Empezar de nuevo
picture-first = Primer dibujo
picture-second = Segundo dibujo
picture-third = Tercer dibujo
picture-cat = Gato
picture-sun = Sol
picture-boat = Barco
picture-tree = Árbol
picture-fish = Pez
picture-star = Estrella
picture-house = Casa
picture-flower = Flor
picture-key = Llave
picture-bell = Campana
picture-leaf = Hoja
picture-moon = Luna

## Cómo decide Trellis
how-title = Cómo decide Trellis
how-lead = Trellis guarda una creencia sobre cada paso que aprende un estudiante. Con ella propone qué practicar después. Un maestro siempre puede cambiar lo que dice.
how-belief-title = Lo que cree
how-belief-text = Para cada paso hay una probabilidad de que el estudiante lo sepa, de 0 a 10 de cada 10. Cada respuesta la mueve. Una respuesta fácil de adivinar la mueve menos. Un primer intento sin pista la mueve más.
how-belief-parts = La probabilidad de acertar la próxima pregunta es una suma de partes con nombre: lo difícil que es la pregunta, lo que dicen las respuestas hasta ahora, cómo fueron las últimas, cuánto tiempo hace y si hubo pistas.
how-belief-slip = Cuenta con los descuidos: quien sabe un paso todavía falla en unas { $slip } de cada 100 preguntas.
how-belief-limits = Los números del comienzo son generales, hasta que un modelo ajustado a las respuestas de este lugar se muestre mejor con estudiantes que no ha visto. Una creencia puede estar equivocada. Por eso cada página muestra en qué se apoya.
how-mastered-title = Cuándo un paso cuenta como dominado
how-mastered-bound = Es seguro en { $sure } de cada 100 que el estudiante acertaría una pregunta nueva al menos { $right } de cada 10 veces.
how-mastered-tries = Al menos { $tries } primeros intentos fueron correctos sin pista, en al menos { $items } preguntas distintas. El último también.
how-mastered-teacher = O lo dice un maestro. Un maestro también puede decir "todavía no". Lo que dice un maestro pesa más que la creencia.
how-mastered-doubt = Si después la probabilidad baja de { $doubt } de cada 10, o fallan { $misses } primeros intentos seguidos, el paso se practica otra vez. No se le quita nada al estudiante delante de sus ojos.
how-review-title = Cuándo vuelve un paso
how-review-text = Lo aprendido se borra poco a poco. Cuando la probabilidad de recordar un paso dominado baja a { $review } de cada 10, vuelve para un repaso corto.
how-next-title = Cómo se elige el próximo paso
how-next-open = Solo cuentan los pasos cuyos pasos anteriores están dominados, o que abrió un maestro.
how-next-teacher = Lo que pidió un maestro va primero.
how-next-rank = Después Trellis pesa cuánto ayudarían unos minutos, qué está por borrarse y qué abre otros pasos.
how-next-choice = Un día tiene { $stops } paradas como mucho, y una la elige el estudiante.
how-next-story = Los cuentos cambian según lo que le gusta al estudiante. La matemática es la misma.
how-next-why = Cada propuesta se guarda con sus razones y con todo lo que se pesó. Los mismos hechos dan otra vez la misma propuesta.
how-kept-title = Lo que se guarda
how-kept-names = Nombres, clases y quién responde por quién, como los dio la escuela.
how-kept-answers = Respuestas con su hora, las pistas tomadas y la clase de cuentos elegida.
how-kept-teacher = Lo que decidió un maestro, con su nota.
how-kept-who = Lo pueden ver el estudiante, la familia y los maestros. También quienes dirigen la escuela o cuidan su computadora.
how-never-title = Lo que nunca se hace
how-never-sell = No se vende nada, y el programa no manda nada a ninguna empresa.
how-never-rank = No se ordena a los estudiantes de mejor a peor. No hay relojes, ni rachas, ni puntos perdidos.
how-never-grade = Trellis no pone notas y no decide nada sobre el futuro de un estudiante.
how-never-secret = No hay puntajes ocultos. Lo que se cree se puede ver, poner en duda y cambiar.
how-versions-title = Lo que funciona aquí ahora
how-versions-model = Modelo de aprendizaje
how-versions-policy = Reglas para el próximo paso
how-versions-bound = Lo que cuenta como dominado
how-versions-bound-value = seguro en { $sure } de cada 100 de acertar { $right } de cada 10
how-versions-tries = Mínimo de primeros intentos correctos sin pista
how-versions-items = Mínimo de preguntas distintas
how-versions-content = Cursos de aquí
how-versions-none = todavía ninguno
table-save = Guardar como tabla: { $what }
table-day = día
table-what = qué pasó
table-details = más
