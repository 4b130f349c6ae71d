"""How any benefit decides a claim: rules asked of each line, answers weighed, money settled. No rule."""
