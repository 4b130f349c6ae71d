"""Every rule found in the payers' documents: what implements it, or why nothing can. One file a payer."""
