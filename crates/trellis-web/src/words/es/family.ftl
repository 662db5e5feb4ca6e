# Palabras de las páginas para las familias. Sencillas, cálidas y exactas; se trata de usted. Una prueba mide que se leen bien.

family-children-title = Sus hijos
family-children-text = ¿De quién quiere ver la semana?
family-no-children = Aquí no hay todavía ningún niño unido a usted. Pida a la escuela que le agregue.
family-title = Cómo le va a { $name } en matemáticas
family-title-other = Cómo le va a { $name }
family-week = La semana hasta el { $date }
family-date =
    { $month ->
        [1] { $day } de enero de { $year }
        [2] { $day } de febrero de { $year }
        [3] { $day } de marzo de { $year }
        [4] { $day } de abril de { $year }
        [5] { $day } de mayo de { $year }
        [6] { $day } de junio de { $year }
        [7] { $day } de julio de { $year }
        [8] { $day } de agosto de { $year }
        [9] { $day } de septiembre de { $year }
        [10] { $day } de octubre de { $year }
        [11] { $day } de noviembre de { $year }
       *[12] { $day } de diciembre de { $year }
    }

family-where-teacher = ¿Va { $name } al paso de su grado? Trellis no lo sabe. Aquí nadie fijó un ritmo. Pregunte a { $teacher }.
family-where-school = ¿Va { $name } al paso de su grado? Trellis no lo sabe. Aquí nadie fijó un ritmo. Pregunte a la escuela.
family-done =
    { $n ->
        [0] Lo que sí se sabe: { $name } no domina todavía ningún paso.
        [one] Lo que sí se sabe: { $name } ya domina { $n } paso.
       *[other] Lo que sí se sabe: { $name } ya domina { $n } pasos.
    }
family-moved =
    { $n ->
        [one] Uno es nuevo esta semana.
       *[other] { $n } son nuevos esta semana.
    }
family-moved-all =
    { $n ->
        [one] Es nuevo esta semana.
       *[other] Todos son nuevos esta semana.
    }
family-busy =
    { $n ->
        [one] { $name } probó una pregunta esta semana.
       *[other] { $name } probó { $n } preguntas esta semana.
    }
family-quiet = { $name } no trabajó en Trellis esta semana.
family-not-begun = { $name } no ha empezado a trabajar en Trellis.
family-grades = Este curso va del grado { $first } al grado { $last }. Nadie tiene que saber todo ahora.

family-path-title = Pasos en el camino
family-path-about = De la parte que se llama “{ $unit }”. { $name } avanza al dominar un paso, no al pasar una semana.
family-step-mastered = dominado
family-step-this-week = dominado esta semana
family-step-teacher = { $teacher } dice que está dominado
family-step-review = dominado, ya toca un repaso
family-step-now = en trabajo
family-step-now-chance = en trabajo, creemos que acierta { $times }
family-step-later = más tarde
family-step-number = { $n }

family-why-title = ¿Por qué este ahora?
family-new-title = Nuevo esta semana
family-new-text = { $name } ya puede hacer esto:
family-new-none = Esta semana no se dominó ningún paso. Puede estar bien: un paso difícil toma tiempo.
family-hard-title = Todavía difícil
family-hard-none = Nada se vio muy difícil esta semana.
family-hard-mix-up = Vimos una confusión común. El curso la llama así, en su idioma: “{ $mixup }”.
family-hard-teacher = { $teacher } también lo puede ver.
family-home-title = Cinco minutos en casa
family-home-after = Deje que { $name } explique. No pasa nada si sale mal. Un dibujo ayuda. No hace falta enseñar una regla.
family-home-none = Pida a { $name } que le muestre una pregunta de hoy. Deje que { $name } hable.

family-teacher-title = Lo que decidió un maestro
family-set-count-as-mastered = { $teacher } dio “{ $step }” por dominado.
family-set-not-yet = { $teacher } quiere ver antes más de “{ $step }”.
family-set-do-next = { $teacher } puso “{ $step }” como lo próximo.
family-set-open = { $teacher } abrió “{ $step }” antes de tiempo.
family-set-close = { $teacher } cerró “{ $step }” por ahora.
family-some-teacher = Un maestro

family-kept-title = Lo que la escuela guarda de { $name }
family-kept-text = Se guarda el nombre, la clase, cada respuesta y su hora. Se guardan las pistas usadas y los cuentos que le gustan a { $name }. Se guarda lo que un maestro decidió, y el plan.
family-kept-who = Lo pueden ver usted, { $name } y los maestros. También quien dirige la escuela o cuida su computadora. El programa no manda nada a ninguna empresa.
family-looked = Esta semana miró páginas de { $name }: { $who }.
family-looked-none = Esta semana nadie en la escuela miró una página solo de { $name }.
family-kept-all = Todo lo que guardamos
family-kept-how = Cómo decide Trellis
family-talk-title = Hable con nosotros
family-talk-teacher =
    { $n ->
        [one] { $teachers } da clase a { $name }.
       *[other] { $teachers } dan clase a { $name }.
    }
family-talk-none = Pregunte a la escuela quién da clase a { $name }.
family-and = { $first } y { $last }
family-wrong-title = ¿Algo está mal aquí?
family-wrong-text = Dígalo al maestro. O imprima esta hoja y escriba en ella. Puede pedir a la escuela ver todo lo que guarda, corregirlo o borrarlo.
family-foot = Un programa ayuda a elegir en qué trabaja { $name }. Un maestro puede cambiarlo todo.
family-back = Todos mis hijos

## Por qué un paso toca ahora, para la familia. Uno por cada razón de las reglas.
reason-family-ready = { $name } ya hizo los pasos que van antes.
reason-family-ready-first = Es un buen lugar para empezar.
reason-family-review-due =
    { $days ->
        [one] Lo probó hace un día. Un repaso corto lo mantiene vivo.
       *[other] Lo probó hace { $days } días. Un repaso corto lo mantiene vivo.
    }
reason-family-close =
    { $right ->
        [one] Puede bastar un acierto más.
       *[other] Pueden bastar unos { $right } aciertos más.
    }
reason-family-begun = { $name } ya lo empezó.
reason-family-opens =
    { $count ->
        [one] Abre un paso nuevo.
       *[other] Abre { $count } pasos nuevos.
    }
reason-family-teacher-asked = Un maestro lo pidió.
reason-family-teacher-opened = Un maestro lo abrió antes.
reason-family-you-pick = { $name } lo puede elegir.
reason-family-you-prove = { $name } pidió mostrarlo sin ayuda.
