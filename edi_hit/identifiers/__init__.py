"""NPI, MBI, NDC, ICD-10, HCPCS, taxonomy, EIN, ZIP."""
