"""The workshop of prompt engineers: what there is, whether it holds, how it reads, and whether another wording is better."""
