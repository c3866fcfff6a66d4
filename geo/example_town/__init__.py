"""Primersk, an invented town: makes the snapshot in `data/example` that comes with the Atlas.

Everything is drawn from one seed by the modules here; no map and no data of a real place was
used. The town lies over empty taiga at 87° E, 60° N, some 400 km north-east of Tomsk, so that
nobody takes it for a real one, within the UTM zone in which the Atlas measures. What is computed
on it is true of nowhere: it is there to try the Atlas and to test it.

    python -m geo.example_town        writes data/example anew
"""
