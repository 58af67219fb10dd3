"""The pipeline: from the published contract to the committed raw client, one step per module."""
