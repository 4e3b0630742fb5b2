"""Passages in, ranked passages out.

``index.building.build`` makes an index, ``index.folder.storage`` saves and opens one, ``index.ranking.search`` says
what one offers. Nothing is imported here: opening an index needs no part that builds one.
"""
