"""What checks and packs the built site, and the packages it is built with; the sessions of noxfile.py run them."""
