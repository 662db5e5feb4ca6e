# Palabras de lo que los estudiantes hacen y guardan, y de los proyectos.

work-title = Mis trabajos
work-link = Mis trabajos y proyectos
work-title-of = Trabajos de { $name }
work-link-of = Trabajos
work-lead = Guarda lo que te da orgullo o lo que muestra cuánto avanzaste. Nadie más lo ve hasta que tú lo compartas.
work-lead-of = Lo que { $name } quiso compartir. Puede haber más que es privado.
work-none = Todavía no hay nada. Un dibujo, un problema resuelto, un texto: ¿qué quieres guardar?
work-none-shared = Todavía no hay nada compartido.
work-new = Guardar algo nuevo
work-change = Cambiar
work-drop = Quitar
work-drop-text = Se borra para siempre, con su archivo y lo que se dijo.
work-drop-button = Sí, quitarlo
work-done-kept = Guardado.
work-done-dropped = Quitado.
work-done-said = Enviado. El estudiante lo lee junto al trabajo.
work-form-title = ¿Cómo se llama?
work-form-said = ¿Qué es?
work-form-file = Una foto o un archivo
work-form-file-help = Una imagen, un PDF, un texto o una grabación, de 6 megabytes como máximo. Las fotos pierden la nota de dónde se tomaron.
work-form-reflection = ¿Qué aprendiste con esto?
work-form-reflection-help = ¿Qué salió bien? ¿Qué harías de otra manera?
work-form-ties = ¿Qué muestra?
work-form-tie = Destreza
work-form-tie-none = Nada de un curso
work-form-shared = ¿Quién puede verlo?
work-form-school = Mis docentes
work-form-family = Mi familia
work-form-shared-help = Puedes cambiarlo cuando quieras.
work-form-button = Guardar
work-file-now = El archivo guardado ahora
work-file-save = Guardar el archivo
work-picture = Imagen: { $title }
work-reflection = Lo que aprendí
work-skills = Muestra
work-shared-both = Compartido con tus docentes y tu familia
work-shared-school = Compartido con tus docentes
work-shared-family = Compartido con tu familia
work-shared-nobody = Solo tú lo ves
work-word-by = { $name }, { $day }
work-word-somebody = Un docente
work-say = Di algo sobre esto
work-say-button = Enviar

project-own = Proyectos de tus clases
project-open-line = { $done } de { $all } entregados
project-scored-line = Tu docente ya lo miró
project-over-line = Terminado
project-due = Hasta el { $day }
project-handed-when = Entregado el { $day }
project-file = Mira el archivo
project-again = Entregar otra cosa
project-said = ¿Qué entregas?
project-hand-in = Entregar
project-score = Lo que ve tu docente
project-self = ¿Cómo lo ves tú?
project-self-text = Elige lo que mejor describe tu trabajo. Les ayuda a ti y a tu docente a conversar. No cambia ningún nivel de tu mapa.
project-self-button = Así lo veo
project-keep = Guardar en mis trabajos
project-keep-text = Lo que entregaste se vuelve un trabajo tuyo. Solo tú lo ves hasta que lo compartas.
project-keep-button = Guardar
project-closed-scored = Tu docente ya lo miró; no se puede entregar más.
project-closed-over = Este proyecto terminó. No se puede entregar más.
project-done-handed-in = Entregado.
project-done-scored-self = Guardado.
project-speaks = También cuenta para «{ $skill }»
project-level = Paso { $level } de { $most }: { $says }
project-step = Paso { $step }
project-step-1 = Lo mira con ayuda de alguien
project-step-2 = Lo intenta cuando le muestran cómo
project-step-3 = Hace partes por su cuenta
project-step-4 = Lo hace todo en un caso sencillo
project-step-5 = Lo hace bien en un caso como los anteriores
project-step-6 = Lo hace bien en un caso nuevo
project-step-7 = Elige entre varias maneras y dice por qué
project-step-8 = Encuentra una manera propia que otros pueden usar
project-skill-claim = Decir lo que piensas
project-skill-evidence = Dar razones que se sostienen
project-skill-model = Mostrarlo con un dibujo, una tabla o una fórmula
project-skill-explain = Explicarlo para que otros entiendan
project-skill-check = Revisar tu propio trabajo
project-skill-together = Trabajar con otros

projects-nav = Proyectos
projects-title = Proyectos, { $section }
projects-lead = Trabajos más largos con entregas y una rúbrica. Los estudiantes entregan y se valoran; su puntaje de docente cuenta para las destrezas que usted elija, la mitad que una respuesta que usted lee, y por sí solo nunca da una destreza por dominada.
projects-none = Todavía no hay proyectos.
projects-line = { $count ->
    [one] Dado el { $day }. Un estudiante ha entregado algo.
   *[other] Dado el { $day }. { $count } estudiantes han entregado algo.
}
projects-over = Terminado
projects-back = Todos los proyectos
projects-new = Un proyecto nuevo
projects-done-given = Dado. Los estudiantes lo encuentran en «Mis trabajos».
projects-form-title = Título
projects-form-about = De qué trata
projects-form-checkpoints = Entregas
projects-form-checkpoint = { $row }. Qué se entrega
projects-form-due = { $row }. Hasta, si hay un día
projects-form-ready = Criterios listos
projects-form-ready-help = Cada uno tiene los mismos ocho pasos, desde mirarlo con ayuda hasta encontrar una manera propia. No están en ningún curso, así que no mueven ningún nivel.
projects-form-own = Criterios propios
projects-form-own-help = Cada uno puede contar para una destreza del curso.
projects-form-criterion = Criterio { $row }
projects-form-criterion-title = Qué se mira
projects-form-criterion-about = Cuenta para la destreza
projects-form-criterion-none = Ninguna
projects-form-criterion-levels = Sus niveles, uno por línea, desde el menor
projects-form-button = Dar a la clase

scoring-who = Quién entregó qué
scoring-student = Estudiante
scoring-self = Su propia mirada
scoring-scored = Su puntaje
scoring-there = Está
scoring-not-there = Todavía no
scoring-nothing = Todavía no entregó nada.
scoring-handed = { $count } de { $all } estudiantes han entregado algo.
scoring-end = Terminar el proyecto
scoring-again = Abrirlo otra vez
scoring-score = Su puntaje
scoring-give = Valorarlo
scoring-text = Un criterio que cuenta para una destreza mueve su estimación. La propia mirada del estudiante no mueve nada.
scoring-own = La propia mirada del estudiante: { $level }
scoring-comment = Unas palabras al estudiante
scoring-button = Dar el puntaje
scoring-undo = Retirar el puntaje
scoring-done-scored = El puntaje está dado. El estudiante lo ve.
scoring-done-undone = El puntaje se retiró, y lo que resultó de él también.
scoring-done-ended = El proyecto terminó.
scoring-done-again = El proyecto está abierto otra vez.

refusal-not-a-file = Este archivo no se puede tomar. Elige una imagen (PNG, JPEG, GIF, WebP), un PDF, un texto simple o una grabación, y envíalo otra vez. No se cambió nada.

teach-event-project-scored = Proyecto valorado: { $title }
teach-event-project-undone = Se retiró el puntaje de un proyecto
teach-project-line = { $criterion }: { $points } de { $most }
why-project = Un docente valoró el proyecto «{ $title }».

record-table-artifact = trabajos guardados
record-table-artifact-word = palabras sobre trabajos
record-table-project = proyectos dados
record-table-checkpoint-work = entregas de proyectos
record-table-self-score = propia mirada de proyectos
record-table-work-file = archivos de trabajos
record-column-changed-at = cambiado
record-column-title = título
record-column-reflection = reflexión
record-column-competencies = destrezas
record-column-file = archivo
record-column-with-school = compartido con docentes
record-column-with-family = compartido con la familia
record-column-artifact = trabajo
record-column-ended-at = terminado
record-column-project = proyecto
record-column-checkpoint = entrega
record-column-points = puntos
record-event-project-scored = un docente valoró un proyecto
record-event-project-score-undone = se retiró el puntaje de un proyecto

shared-nav = Compartido por docentes
shared-title = Compartido por docentes
shared-lead = Conjuntos de preguntas que los docentes de este distrito comparten. Tome uno, mire cada pregunta con su respuesta, cambie lo que quiera y délo a su clase.
shared-search = Buscar por título, destreza o docente
shared-search-button = Buscar
shared-found = { $count ->
    [0] Todavía no hay nada compartido aquí.
    [one] Un conjunto
   *[other] { $count } conjuntos
}
shared-about = { $count ->
    [one] Una pregunta sobre «{ $skill }», de { $name }, { $day }
   *[other] { $count } preguntas sobre «{ $skill }», de { $name }, { $day }
}
shared-take = Tomarlo para mi clase
shared-withdraw = Dejar de compartirlo
shared-say = Decir algo sobre esto
shared-say-label = ¿Qué deben saber otros docentes?
shared-share = Compartir estas preguntas con otros docentes
shared-share-text = Todos los docentes del distrito pueden mirarlas, decir algo y tomarlas. Su mensaje a los estudiantes va con ellas.
shared-set-title = ¿Cómo se llama el conjunto?
shared-share-button = Compartir
shared-done-shared = Compartido. Los demás docentes lo encuentran aquí.
shared-done-said = Enviado. Lo lee quien ve el conjunto.
shared-done-withdrawn = Ya no se comparte. Quien lo tomó lo conserva.
record-table-shared-set = conjuntos de preguntas compartidos
record-table-shared-comment = lo dicho sobre conjuntos compartidos
record-column-withdrawn-at = compartido hasta
record-column-shared-set = conjunto
