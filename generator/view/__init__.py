"""Records and the FactBase -> what pages show, as frozen values. Pure; the base is checked, so nothing is missing."""
