"""What is read from the text of a file, and what is said of one that is broken."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from downslope.errors import TableError
from downslope.tables import read


def columns(text, **options):
    table = read(text.encode() if isinstance(text, str) else text, **options)
    return {column.name: list(column.values) for column in table.columns}


def refusal(text):
    with pytest.raises(TableError) as caught:
        read(text.encode() if isinstance(text, str) else text)
    return caught.value


def test_commas_with_a_header():
    assert columns("x,y\n1,2\n3,4.5\n") == {"x": [1, 3], "y": [2, 4.5]}


def test_numbers_alone_are_called_x1_to_y():
    assert columns("1,2,3\n4,5,6") == {"x1": [1, 4], "x2": [2, 5], "y": [3, 6]}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "\uff0c", " "])
def test_every_delimiter_is_guessed(delimiter):
    text = "\n".join(delimiter.join(row) for row in [["width", "height"], ["1.5", "-2e3"], ["3", ".25"]])
    assert columns(text) == {"width": [1.5, 3], "height": [-2000, 0.25]}
    assert read(text.encode()).delimiter == delimiter


def test_decimal_commas_between_semicolons_or_tabs():
    assert columns("x;y\n1,5;2,25\n-3,5;4\n") == {"x": [1.5, -3.5], "y": [2.25, 4]}
    assert columns("1,5\t2,25\n-3,5\t4") == {"x1": [1.5, -3.5], "y": [2.25, 4]}


def test_numbers_pasted_with_any_number_of_blanks():
    assert columns("  1   2 \n 3 4\n") == {"x1": [1, 3], "y": [2, 4]}


def test_labels_are_a_column_of_text():
    table = read(b"width,kind\n1,iris\n2,rose\n3,iris\n")
    assert [column.type for column in table.columns] == ["number", "label"]
    assert table.columns[1].describe()["labels"] == ["iris", "rose"]


def test_a_table_of_labels_alone_has_a_header_if_its_first_line_never_comes_again():
    assert list(columns("size,kind\nbig,a\nsmall,b\nbig,b")) == ["size", "kind"]
    assert list(columns("big,a\nsmall,b\nbig,b")) == ["x1", "y"]


def test_the_guess_of_a_header_can_be_overruled():
    assert columns("2019,2020\n1,2\n3,4", has_header=True) == {"2019": [1, 3], "2020": [2, 4]}
    assert list(columns("2019,2020\n1,2\n3,4")) == ["x1", "y"]


def test_quoted_cells_may_hold_delimiters_and_lines():
    read_back = columns('x,kind\n1,"a, b"\n2,"c\nd"\n3,e\n')
    assert read_back == {"x": [1, 2, 3], "kind": ["a, b", "c\nd", "e"]}


def test_empty_lines_and_any_line_end_are_passed_over():
    assert columns("x,y\r\n\r\n1,2\r3,4\n\n") == {"x": [1, 3], "y": [2, 4]}


@pytest.mark.parametrize(
    ("codec", "told"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("gb18030", "gb18030")],
)
def test_the_encodings_of_spreadsheets(codec, told):
    data = "长度,种类\n1,玫瑰\n2,菊花\n".encode(codec)
    assert columns(data) == {"长度": [1, 2], "种类": ["玫瑰", "菊花"]}
    assert read(data).description["encoding"] == told


WESTERN = [
    "größe;höhe\n1,5;2\n3;4\n",
    "größe;y\n1;2\n3;4\n",
    "GRÖSSE;STRASSENLÄNGE\n1;2\n",
    "länge,straße\n1,Königsallee\n2,Überseering\n3,Fußgängerzone\n",
    "année;durée\n1999;3,5\n2000;4\n",
    "créé;âge\n1;2\n3;4\n",
    "date,créé\n1,2\n3,4\n",
    "température (°C),élève\n21.5,Noël\n22,Françoise\n",
    "prix,qualité\n1,très bon\n2,être à refaire\n",
    "precio €;año\n1;2\n",
    "área,população\n1,2\n3,4\n",
    "päivä,ilmiö\n1,jää\n2,sää\n3,lämpö\n",
    "x,größe\n1,\u201eklein\u201c\n2,\u201egroß\u201c\n",
    "µm,m²\n1,2\n",
    "Öl;Ärger\n1;2\n",
    "à|é|y\n1|2|3\n",
    "x,bokstaver\n1,øå\n2,æø\n",
    "citation,n\n«\u00a0oui\u00a0»,1\n«\u00a0non\u00a0»,2\n",
]
CHINESE = [
    "长度,种类\n1,玫瑰\n2,菊花\n",
    "温度（℃）,湿度\n1,2\n3,4\n",
    "温度(℃);α\n1;2\n",
    "x轴,y轴\n1,2\n3,4\n",
    "pH值,PM2.5浓度\n7,35\n6.5,12\n",
    "编号,品牌\n1,A型\n2,B型\n3,\u201c甲\u201d级\n",
    "姓名,身高\n张鑫,170\n朱镕基,175\n李喆,180\n",
    "年份，价格\n2019，￥5\n2020，￥6\n",
    "x,误差±\n1,2\n3,4\n",
    "長度,種類\n1,玫瑰\n2,鬱金香\n",
]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(text, "windows-1252") for text in WESTERN] + [(text, "gb18030") for text in CHINESE],
)
def test_what_spreadsheets_save_untold_is_read_in_the_language_it_is_in(text, encoding):
    table = read(text.encode(encoding))
    assert table.encoding == encoding
    assert (table.id, table.rows()) == (read(text.encode()).id, read(text.encode()).rows())


BROKEN = {
    "x,y\n1,2\n3,oops\n5,6\n": (3, 2, "'oops' is not a finite number"),
    "x,y\n1,2\n3,1e999\n5,6\n": (3, 2, "'1e999' is not a finite number"),
    "x,y\n1,2\n3,nan\n5,6\n": (3, 2, "'nan' is not a finite number"),
    "x,y\n1,2\n,4\n5,6\n": (3, 1, "this cell is empty"),
    "x,y\n\n1,2\n3,4,5\n6,7\n": (4, 3, "3 cells where most have 2"),
    "x,y\n1,2\n3\n6,7\n": (3, 2, "has 1 cell where most have 2"),
    "x,x\n1,2\n": (1, 2, "two columns are called 'x'"),
    'x,y\n1,2\n3,"4\n5,6\n': (3, 1, "quotes"),
    "": (1, 1, "the table is empty"),
    " \n\n": (1, 1, "the table is empty;"),
    "x,y\n": (1, 1, "no rows"),
    "x\n1\n2\n": (1, 2, "2 to 9 columns but this line has 1"),
    ",".join("abcdefghij") + "\n" + ",".join("1234567890"): (1, 10, "2 to 9 columns but this line has 10"),
    "x,y\n" + "1,2\n" * 10_001: (10_002, 1, "10000 rows but has 10001"),
    "1,2\n" * 10_001: (10_001, 1, "10000 rows but has"),
    "x,kind\n1,a\n2," + "b" * 201 + "\n": (3, 2, "200 characters"),
    "n" * 81 + ",y\n1,2\n": (1, 1, "80 characters"),
    b"x,y\n1,2\n3,\xff\x81\n": (3, 1, "UTF-8"),
    b"x,y\n1,\x00\n": (2, 1, "save it as CSV in UTF-8"),
}


@pytest.mark.parametrize(("text", "told"), BROKEN.items(), ids=[words for _, _, words in BROKEN.values()])
def test_a_broken_file_is_told_by_line_and_column(text, told):
    line, column, words = told
    error = refusal(text)
    assert (error.line, error.column) == (line, column)
    assert words in error.detail
    assert error.to_dict()["line"] == line


def test_a_column_without_a_name_is_told_where_the_header_was():
    with pytest.raises(TableError, match="this column has no name; give it one") as caught:
        read(b"\nx,,z\n1,2,3\n", has_header=True)
    assert (caught.value.line, caught.value.column) == (2, 2)


def test_ten_thousand_rows_are_read():
    assert read(b"x,y\n" + b"1,2\n" * 10_000).num_rows == 10_000


def test_a_cell_that_goes_over_two_lines_counts_as_two():
    assert refusal('x,kind\n1,"a\nb"\n2,c,d\n3,e\n').line == 4


def test_the_same_content_has_the_same_id_however_it_is_written():
    one, other = read(b"x,y\n1,2\n3,4\n"), read(b"x;y\r\n1.0;2\r\n3,0;4e0")
    assert one.id == other.id
    assert one.id != read(b"x,y\n1,2\n3,5\n").id
    assert one.id != read(b"x,z\n1,2\n3,4\n").id


finite = st.floats(allow_nan=False, allow_infinity=False)
row_lists = st.integers(2, 9).flatmap(
    lambda width: st.lists(st.lists(finite, min_size=width, max_size=width), min_size=1, max_size=20)
)


@given(row_lists, st.sampled_from(",;\t|"), st.booleans())
def test_what_a_csv_writer_wrote_comes_back(rows, delimiter, has_header):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    if has_header:
        writer.writerow([f"c{i}" for i in range(len(rows[0]))])
    writer.writerows(rows)
    table = read(text.getvalue().encode())
    assert table.rows() == rows
    assert table.has_header == has_header
