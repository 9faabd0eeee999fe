#!/bin/sh
# Maps a line-item export with Miller, as near to map_peer.py as Miller comes: sh miller.sh EXPORT > mapped.json
# Not done, for want of words in Miller: the VIN's check digit, the condition in the notes, names with hyphens.
here=$(dirname "$0")
exec mlr --icsv --ojson --allow-ragged-csv-input -S put -q -f "$here/miller.mlr" "$1"
