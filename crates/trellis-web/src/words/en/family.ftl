# Words of the family pages. Plain, warm and exact.
