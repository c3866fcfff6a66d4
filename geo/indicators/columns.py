"""What the columns of exported indicators mean."""

from geo.dictionary import Column

COLUMNS = (
    Column("id", "text", description_en="Key of the row", description_ru="Ключ строки"),
    Column("indicator", "text", description_en="SDG indicator", description_ru="Показатель ЦУР"),
    Column(
        "border",
        "text",
        description_en="Border: urban_centre, administrative_city or agglomeration",
        description_ru="Граница: urban_centre, administrative_city или agglomeration",
    ),
    Column(
        "part",
        "text",
        description_en="value, component, assumption, sensitivity or not_computed",
        description_ru="value — значение, component — составляющая, assumption — допущение, "
        "sensitivity — чувствительность, not_computed — не вычислено",
    ),
    Column(
        "name",
        "text",
        description_en="Name of the measure, its unit at the end; without one a share or a ratio",
        description_ru="Имя величины, в конце — единица; без неё — доля или отношение",
    ),
    Column(
        "choice",
        "text",
        description_en="For sensitivity: what was changed, and to what",
        description_ru="Для чувствительности: что и на что изменено",
    ),
    Column("low", "number", description_en="Lower bound", description_ru="Нижняя граница"),
    Column("high", "number", description_en="Upper bound", description_ru="Верхняя граница"),
    Column("text", "text", description_en="What is no number", description_ru="То, что не число"),
)
"""Of a table of values, components, assumptions, sensitivity and gaps."""

OF_CENTRES = (
    COLUMNS[0],
    Column("people", "number", description_en="People in its cells", description_ru="Жители ячеек"),
    Column("km2", "integer", description_en="Cells of 1 km²", description_ru="Ячейки по 1 км²"),
)
"""Of a table of urban centres."""
