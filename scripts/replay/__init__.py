"""The facade against contracts it was not written for: `python -m scripts.replay FOLDER_OR_FILES`.

Each published contract is generated in a scratch folder; then a server that answers with payloads
made from that contract's own schemas is asked for everything the facade can do, by the regenerated
client and by the committed one.
"""
