"""What the columns of exported isochrones mean."""

from geo.dictionary import Column

COLUMNS = (
    Column("id", "text", description_en="Key of the row", description_ru="Ключ строки"),
    Column(
        "place",
        "text",
        description_en="Id of the site, longitude and latitude of a position, or `any`: all of "
        "them together, each person counted once",
        description_ru="Id площадки, долгота и широта точки или any: все вместе, каждый "
        "человек сосчитан один раз",
    ),
    Column("name_ru", "text", description_en="Name in Russian", description_ru="Имя по-русски"),
    Column("name_en", "text", description_en="Name in English", description_ru="Имя по-английски"),
    Column(
        "minutes",
        "integer",
        unit_en="min",
        unit_ru="мин",
        description_en="Time of the way to the place",
        description_ru="Время пути к месту",
    ),
    Column(
        "bound",
        "text",
        description_en="high: reached from some position where the place may lie; low: from every "
        "one. A place that is known exactly has high alone",
        description_ru="high — добираются хотя бы до одного возможного положения места, low — до "
        "каждого. У места, известного точно, есть только high",
    ),
    Column(
        "people",
        "number",
        unit_en="people",
        unit_ru="человек",
        description_en="People who get to the place in that time; an estimate",
        description_ru="Жители, которые добираются до места за это время; оценка",
    ),
    Column(
        "buildings",
        "number",
        unit_en="buildings",
        unit_ru="зданий",
        description_en="Buildings from which the place is reached in that time; an estimate",
        description_ru="Здания, от которых добираются до места за это время; оценка",
    ),
)
"""Of a table of isochrones; the geometry is the ground from which the place is reached."""
