"""Several protocols on the same labelled cases: what each decides, at what cost, and what hearing others did."""
