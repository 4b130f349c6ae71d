"""Claims and remittances as three tidy tables, in CSV and Parquet."""

from edi_hit.formats.tables.columns import TABLES, Column, columns
from edi_hit.formats.tables.csv_writer import CsvTables
from edi_hit.formats.tables.parquet_writer import ParquetTables

__all__ = ["TABLES", "Column", "CsvTables", "ParquetTables", "columns"]
