## Ordenar preguntas importadas, y qué va antes de qué

tags-go = Ordenar preguntas importadas
tags-title = Ordenar preguntas importadas
tags-lead = Una importación trae sus propias habilidades. Diga para qué habilidad de su curso cuenta cada pregunta. Las palabras sugieren; usted decide, y se puede deshacer.
tags-from = Las preguntas de
tags-to = cuentan para habilidades de
tags-show = Mostrar
tags-count = { $count ->
    [0] No queda nada por ordenar
    [one] Una pregunta por ordenar
   *[other] { $count } preguntas por ordenar
}
tags-none = Elija un curso con preguntas importadas, y otro para cuyas habilidades deban contar.
tags-was = Importada como «{ $skill }».
tags-why = Palabras en común con la primera sugerencia: { $words }.
tags-why-none = Ninguna palabra en común con las habilidades del curso.
tags-skill = Cuenta para
tags-choose = Elija…
tags-suggested = Sugeridas
tags-others = { $count ->
    [one] y la otra pregunta de «{ $skill }»
   *[other] y las otras { $count } preguntas de «{ $skill }»
}
tags-accept = Que cuente ahí
tags-decided = cuenta para «{ $skill }». { $name }, { $when }.
audit-done-tagged = Listo. Desde ahora cuenta ahí.
audit-done-untagged = Deshecho. Cuenta como dice la importación.
links-go = Qué va antes de qué
links-title = Qué va antes de qué
links-course = Curso
links-count = { $links ->
    [one] Un enlace
   *[other] { $links } enlaces
}; { $shut ->
    [0] los estudiantes pueden llegar a cada habilidad.
    [one] nadie llega nunca a una habilidad.
   *[other] nadie llega nunca a { $shut } habilidades.
}
links-add-title = Agregar un enlace
links-first = Primero
links-then = y después
links-add = Agregarlo
links-circle = Eso cerraría un círculo: { $circle }. Nadie podría empezar. Quite primero uno de estos enlaces.
links-none = Se puede empezar de inmediato.
links-after = Va después de
links-new = agregado aquí
links-remove = Quitar
links-remove-label = Quitar: { $first } antes de { $then }
links-remove-do = Quitar el enlace
links-untaught = En ninguna unidad
links-added = Agregado: { $first } antes de { $then }.
links-removed = Quitado: { $first } antes de { $then }.
audit-done-linked = Listo. Desde ahora se guía así a los estudiantes.
refusal-circle = Eso cerraría un círculo de habilidades que se esperan unas a otras. No se cambió nada.
