"""The same questions asked of Spark, of a store that was written out as Parquet: docs/scale.md."""
