"""Cases: where, when and by whose account the models are played; one folder each."""
