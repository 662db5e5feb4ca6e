# Palabras de las páginas del estudiante. Sencillas, cálidas y exactas; se trata de tú.

level-not-started = Sin empezar
level-starting = Empezando
level-growing = Creciendo
level-strong = Fuerte
level-mastered = Dominado

today-greeting = Hola, { $name }
today-summary =
    { $stops ->
        [one] Una parada hoy, unos { $minutes } minutos.
       *[other] { $stops } paradas hoy, unos { $minutes } minutos. Hazlas en el orden que quieras.
    }
today-nothing = Terminaste todo lo que está abierto. Tu maestro puede abrirte más.
today-plan = Tu plan para hoy
today-minutes =
    { $minutes ->
        [one] Más o menos un minuto
       *[other] Unos { $minutes } minutos
    }
today-review = Calentamiento: { $title }
today-pick = Tú eliges
today-start = Empezar
today-more = Un poco más
today-done = Listo por hoy
today-why = ¿Por qué estas paradas?

stories-title = Cuentos que te gustan
stories-text = El cuento es tuyo. La matemática es la misma para todos.
stories-none = Sin cuento

vine-title = Tu enrejado
vine-wilts = Nada se marchita cuando descansas un día.
vine-sentence =
    { $all ->
        [0] Tu primera flor se abre cuando dominas una destreza.
        [one] Ha florecido una destreza{ $week ->
            [0] .
           *[other] , esta misma semana.
        }
       *[other] Han florecido { $all } destrezas{ $week ->
            [0] .
           *[other] , { $week } de ellas esta semana.
        }
    }
vine-empty = Una planta joven en un enrejado, todavía sin flores.
vine-only-bud = Una planta joven en un enrejado. Con capullo: { $bud }.
vine-only-flowers = Una planta en un enrejado. Flores: { $flowers }.
vine-both = Una planta en un enrejado. Flores: { $flowers }. Con capullo: { $bud }.

reason-student-ready-first = Es un buen lugar para empezar.
reason-student-ready = Ya dominas lo que va antes: { $after }.
reason-student-review-due =
    { $days ->
        [0] Esto lo sabes. Un repaso corto lo mantiene vivo.
        [one] Lo hiciste ayer por última vez. Un repaso corto lo mantiene vivo.
       *[other] Lo hiciste hace { $days } días por última vez. Un repaso corto ahora evita que se borre.
    }
reason-student-close =
    { $right ->
        [one] Con un acierto más puedes dominarlo.
       *[other] Con { $right } aciertos seguidos puedes dominarlo.
    }
reason-student-begun =
    { $tries ->
        [0] Ya lo empezaste.
        [one] Hasta ahora probaste una pregunta.
       *[other] Hasta ahora probaste { $tries } preguntas.
    }
reason-student-opens =
    { $count ->
        [one] Abre otra destreza.
       *[other] Abre otras { $count } destrezas.
    }
reason-student-teacher-asked = Tu maestro te pidió hacer esto.
reason-student-teacher-opened = Tu maestro abrió esto para ti.
reason-student-you-pick = Este lo eliges tú.
reason-student-you-prove = Quieres mostrar que ya sabes esto.

item-saved = Todas las respuestas guardadas
item-no-timer = Sin reloj
item-story = Cuento de { $story }, elegido por ti
proof-held = Acertaste { $right } de { $done }, y cuenta: esto está dominado.
proof-not-yet = Acertaste { $right } de { $done }. Todavía no alcanza, y nos ayuda a elegir mejor tus próximas preguntas.
item-proof = Muestra lo que sabes: pregunta { $number }, { $of } como mucho
item-question = Pregunta
item-pips =
    { $done ->
        [0] Tu primera pregunta de hoy sobre esto.
       *[other] Preguntas de hoy sobre esto: { $done }. Bien sin ayuda: { $right }.
    }
item-hints = Pistas
item-hint =
    { $left ->
        [one] Pista (queda 1)
       *[other] Pista (quedan { $left })
    }
item-show-me = Muéstrame cómo
scaffold-check = Revisar este paso
scaffold-right = Sí. Úsalo para la pregunta de arriba.
scaffold-not-yet = Todavía no. Prueba otra vez o toma la próxima pista.
scaffold-answer = Respuesta:
item-check = Revisar mi respuesta
item-try-again = Revisar otra vez
item-worked = Paso a paso
item-next = Próxima pregunta
item-back-to-today = Volver a hoy
item-back-to-lesson = Volver a la lección
item-enough = Basta por ahora
item-about = Sobre esta pregunta

answer-label = Tu respuesta
answer-read-as = Así lo leemos
answer-hint-numeric = Escribe un número, como 12, -3.5 o 3/4.
answer-hint-fraction = Escribe una fracción como 8/3, un número mixto como 2 2/3, o un decimal.
answer-hint-simplest = Escribe una fracción en su forma más simple, como 2/3.
answer-hint-mixed = Escribe un número mixto, como 2 2/3.
answer-hint-expression = Escribe una expresión, como 3x + 1.
answer-hint-equation = Escribe una ecuación, como x = 4, o una desigualdad, como x >= 3.
answer-hint-words = Escribe una palabra o unas pocas palabras.
answer-hint-choice = Elige una.
answer-hint-multiple = Elige todas las correctas.
answer-hint-order = Da a cada una su lugar; 1 es el primero.
answer-hint-match = Elige una pareja para cada una.
answer-hint-line = Elige el lugar en la recta.
answer-hint-text = Escribe una palabra o unas pocas palabras. Las mayúsculas no importan, salvo que la pregunta lo diga.
answer-hint-inline = Elige una palabra en cada menú del texto.
answer-hint-gaps = Elige una palabra para cada hueco del texto. Pueden sobrar palabras.
answer-hint-region = Elige una parte del dibujo.
answer-hint-regions = Elige todas las partes correctas del dibujo.
answer-hint-graphic-order = Da a cada parte del dibujo su lugar; 1 es el primero.
answer-hint-plot = Pon cada punto: pulsa en la cuadrícula o escribe sus números.
answer-plot-x = x
answer-plot-y = y
answer-hint-plot-line = Pon dos puntos de la recta: pulsa en la cuadrícula o escribe sus números.
answer-hint-table = Llena las celdas vacías.
answer-hint-written = Escribe unas pocas oraciones. Tu maestro las lee.
answer-hint-upload = Elige un archivo. Tu maestro lo mira.
answer-file-label = Tu archivo
answer-file-kinds = Puede ser: { $kinds }.
answer-file-picture = una imagen
answer-file-pdf = un PDF
answer-file-text = un texto
answer-file-sound = una grabación
answer-file-most = Puede tener { $count } megabytes.
answer-longest = Hay lugar para { $count } letras.
waiting-title = Entregado
waiting-text = Tu maestro lee esto y te responde aquí. Esperar no cuesta nada: sigue con otra cosa.
waiting-compare = No pudimos saber con seguridad si esto es lo mismo que nuestra respuesta. Tu maestro la mira. No te cuesta nada.
waiting-own = Escribiste:
checked-title = Tu maestro lo leyó
checked-title-points = Tu maestro lo leyó: { $points }
checked-title-right = Tu maestro dice: sí, está bien
checked-title-not-yet = Tu maestro dice: todavía no
checked-comment = Tu maestro dice:
checked-sample = Una buena respuesta:
checked-points = { $most ->
    [one] { $points } de 1 punto
   *[other] { $points } de { $most } puntos
}
checks-title = Respuestas que lee tu maestro
checks-waiting = { $count ->
    [one] Una respuesta espera a tu maestro.
   *[other] { $count } respuestas esperan a tu maestro.
}
answer-gap = Hueco { $number } de { $all }
answer-gap-none = Elige
answer-bank = Palabras para elegir
answer-cell = { $row }, { $column }
answer-point = Punto { $number }
answer-key = Respuesta
answer-place = Lugar de { $entry }
answer-place-none = Lugar
answer-partner = Pareja de { $entry }
answer-partner-none = Elige
answer-line = La recta numérica
answer-mark = Marca { $number } desde la izquierda

feedback-right-title = ¡Sí, está bien!
feedback-close-title = Todavía no, y estás cerca
feedback-not-yet-title = Todavía no
feedback-try-again = Todavía no es. Mira la pregunta otra vez. Una pista puede ayudar.
feedback-look-at-steps = Todavía no es. Los pasos de abajo muestran una manera de llegar.
feedback-spelled = Se escribe { $word }.
feedback-parts = { $right ->
    [one] 1 de { $all } está bien.
   *[other] { $right } de { $all } están bien.
}
feedback-not-simplest = El valor está bien. ¿Puedes escribirlo en su forma más simple?
feedback-not-mixed = El valor está bien. ¿Puedes escribirlo como número mixto?
feedback-unfinished = El valor está bien. ¿Puedes calcularlo hasta el final?
feedback-not-expanded = El valor está bien. ¿Puedes escribirlo sin paréntesis y juntar los términos iguales?
feedback-not-factored = El valor está bien. ¿Puedes escribirlo como un producto?
feedback-not-solved = Eso es cierto, y todavía no es el final. ¿Puedes resolverlo?
feedback-unread-title = No pudimos leer esto
feedback-unread-text = Eso no te cuesta nada. Cámbialo y revisa otra vez.
feedback-shown-title = Esta es una manera de hacerlo
feedback-shown-text = Lee los pasos. Después prueba la próxima pregunta.

mastered-title = Dominado: { $title }
mastered-text = Lo mostraste las veces suficientes para contar con ello. Florece en tu enrejado.
mastered-opens = Ahora esto está abierto para ti:

changed-title = Lo que esto cambió
changed-up = Creíamos que acertarías una así { $from }. Ahora creemos que { $to }.
changed-down = Creíamos que acertarías una así { $from }. Ahora creemos que { $to }. Los próximos intentos también cuentan.
changed-same = Tu respuesta cuenta. Nuestra idea queda más o menos igual.
changed-first-counts = Tu primer intento contó. Este es para aprender.

why-title = ¿Por qué esta pregunta?
why-lesson = La elegiste en la lección.
why-tenths = Creemos que acertarás una así más o menos { $times }.
why-tenths-end = Creemos que acertarás una así { $times }.
why-same-math = El cuento es tuyo. La matemática es la misma para todos.
why-more = ¿Por qué creemos eso?
prove-button = Ya lo sé, déjame mostrarlo
prove-text = Unas pocas preguntas, seis como mucho, sin pistas. Termina en cuanto estemos seguros. Tu maestro lo verá.
opens-next = Abre después
opens-when = cuando domines esta destreza

map-summary = Han florecido { $mastered } de { $all } destrezas.
map-textbook = Un libro de texto. Lo que empezaste está aquí; todo lo demás, en sus lecciones.
map-to-lessons = Abrir sus lecciones
map-picture-title = Todo de un vistazo
map-picture-how = Un anillo marca lo que está abierto para ti. Las líneas muestran qué va antes de qué. La lista dice lo mismo con palabras.
map-picture = Dibujo de { $course }: { $mastered } de { $all } destrezas dominadas, { $open } abiertas ahora. La lista dice lo mismo con palabras.
map-disc = { $title }: { $level }
map-levels = Los cinco niveles
map-evidence = bien sin ayuda en { $right } de { $tries } primeros intentos
map-review = ya toca un repaso
map-waits = Se abre después de: { $before }
map-practise = Practicar
map-prove = Déjame mostrarlo

why-page-title = Por qué Trellis dijo esto
why-happened = Lo que pasó
why-advice = Lo que aconsejamos
why-weighed = Qué más pesamos
why-weighed-text = Más bloques: más provecho para tus próximos minutos.
why-col-what = Destreza
why-col-for = Para
why-col-worth = Provecho ahora
why-chosen = aconsejado
why-to-learn = aprender
why-to-review = repasar
why-worth = { $tenths } de 10
why-number = Esta es la decisión { $number }.
why-versions = Hecha por las reglas { $policy } con el modelo { $model }.
why-replays = Se guarda con todo aquello de lo que salió, y sale igual cada vez que se calcula de nuevo.
why-responded-right = { $title }: una respuesta correcta. Nuestra idea para una así pasó de { $from } a { $to } de cada 10.
why-responded-not-yet = { $title }: todavía no. Nuestra idea para una así pasó de { $from } a { $to } de cada 10.
why-revealed = { $title }: se mostraron los pasos.
why-mastered = { $title } está dominado.
why-doubted = { $title } volvió a la práctica después de algunos fallos.
why-directed = El maestro decidió algo sobre { $title }.
why-proof = { $title }: { $right } de { $done } bien sin ayuda.
why-handed-in = { $title }: se entregó una respuesta. No cambia nada hasta que una persona la lea.
why-scored = { $title }: el maestro dio puntos a una respuesta. Nuestra idea para una así pasó de { $from } a { $to } de cada 10.
why-score-undone = { $title }: el maestro quitó unos puntos. Ya no cuentan.

lessons-lead = Recorre un curso en su propio orden. Lo que haces aquí cuenta como todo lo demás.
lessons-none-title = Todavía no hay lecciones
lessons-none = Cuando tu maestro te dé un curso, sus lecciones estarán aquí.
lessons-in-course =
    { $count ->
        [one] Una lección
       *[other] { $count } lecciones
    }
lessons-count =
    { $count ->
        [one] Una pregunta
       *[other] { $count } preguntas
    }{ $begun ->
        [0] { "" }
       *[other] , { $begun } empezadas
    }
lessons-begun = empezada
lessons-waits = Algunas preguntas de esta parte se abren más tarde. Mira por qué en
lessons-before = Lección anterior
lessons-after = Próxima lección
lessons-contents = Todas las lecciones

figure-bar = Una barra en { $parts } partes iguales, { $shaded } de ellas sombreadas.
figure-line = Una recta numérica de { $from } a { $to } con una marca cada { $step }.
figure-line-points = Puntos en: { $points }.
figure-area = Un cuadrado en { $rows } filas y { $columns } columnas. Están sombreadas { $shadedrows } filas y { $shadedcolumns } columnas.
figure-grid = Un plano de coordenadas de -{ $size } a { $size }.
figure-grid-line = Una recta que pasa por { $start } en 0 y por { $rise } en 1.
figure-grid-point = Punto { $label } en ({ $x }, { $y }).
figure-balance = Una balanza en equilibrio: { $left } a la izquierda, { $right } a la derecha.
figure-drawing = Un dibujo.
figure-bar-chart = Una gráfica de barras.
figure-line-chart = Una gráfica de líneas.
figure-plane = Una cuadrícula con marcas de { $from } a { $to } en los dos ejes, una cada { $step }.
figure-tape = { $label }: { $parts } cajas iguales.
