# Words of the teacher pages. Plain, warm and exact.
