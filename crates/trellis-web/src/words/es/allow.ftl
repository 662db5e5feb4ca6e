# Lo que permite una familia.

allow-link = Lo que usted permite
allow-back = Volver a la semana
allow-title = Lo que usted permite para { $name }
allow-lead = Con un sí o con un no, { $name } aprende las mismas matemáticas y tiene que mostrar lo mismo. Usted puede cambiar de idea cuando quiera.
allow-foot = El cambio vale desde la próxima pregunta. Los maestros de su hijo o hija también lo ven. Se guarda quién dijo qué y qué día.

allow-choosing-title = Las respuestas eligen el paso que sigue
allow-choosing-what = El programa mira lo que { $name } hizo. Luego elige el paso que sigue y una pregunta que no sea muy difícil ni muy fácil.
allow-choosing-without = Sin esto, los pasos van uno por uno en el orden del curso. Ninguna respuesta lo cambia.
allow-stories-title = Historias que le gustan
allow-stories-what = { $name } puede elegir un tipo de historia, como deportes o música. Algunas preguntas se cuentan así.
allow-stories-without = Sin esto, cada pregunta se cuenta igual a todos. Lo elegido se borra.
allow-improving-title = Ayudar a mejorar el programa
allow-improving-what = La escuela cuenta las respuestas de todos los estudiantes. Así ve si el programa acierta, y lo corrige. No hay nombres. Nada sale de la escuela.
allow-improving-without = Sin esto, las respuestas de { $name } no entran en esas cuentas.

allow-stands-unsaid = Está activo. Nadie ha dicho sí o no.
allow-stands-yes = Está activo. { $by } dijo que sí el { $day }.
allow-stands-no = Está apagado. { $by } dijo que no el { $day }.
allow-somebody = Alguien de la familia
allow-stop = Dejar de hacerlo
allow-again = Permitirlo
allow-done-stopped = Ya está apagado.
allow-done-again = Ya está activo.
allow-done-same = Ya era así.

family-choosing-no = { $name } da los pasos en el orden del curso. Su familia lo quiere así. Lo hecho antes no los cambia.
family-choosing-change = Puede cambiarlo en «Lo que usted permite».

reason-student-familys-path = Es lo que sigue en tu curso. Tu familia quiere el orden del curso, así que tus respuestas no cambian lo que sigue.
reason-teacher-familys-path = Es lo que sigue en el curso. La familia no quiere que las respuestas elijan.
reason-family-familys-path = Es lo que sigue en el curso. Su familia quiere este orden.
why-consented = Tu familia dijo qué se puede hacer con tus respuestas.

teach-withheld-choosing = La familia no quiere que las respuestas elijan lo que sigue: los pasos y las preguntas van en el orden del curso. Solo la familia puede cambiarlo.
teach-withheld-stories = La familia no quiere historias elegidas.
teach-withheld-improving = La familia no quiere las respuestas en las cuentas que mejoran el programa.

refusal-family-says-no = Tu familia dijo que no a esto. Habla con ella si lo quieres.

record-event-consented = La familia dijo si permite un uso: { $what }
kept-consent-title = Lo que permite la familia
kept-consent-what = Cada sí y cada no de la familia a un uso, con quién lo dijo y qué día.
kept-consent-why = Para cumplirlo, y para mostrar que se dijo
