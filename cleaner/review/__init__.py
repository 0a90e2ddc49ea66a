"""What people decide: goldens now; suggestions and decisions lean on them."""
