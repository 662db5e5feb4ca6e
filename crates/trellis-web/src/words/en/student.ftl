# Words of the student pages. Plain, warm and exact.
