"""Cases: applications of the models with facts and calibrations, one folder each."""
