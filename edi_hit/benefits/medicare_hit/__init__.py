"""Medicare Part B home infusion therapy services from 2021."""
