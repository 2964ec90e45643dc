"""The pipeline as Dagster assets, stage by stage; their bodies call plain functions elsewhere."""
