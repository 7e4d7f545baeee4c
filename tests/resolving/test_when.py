"""Date phrases: what they mean, where they stand, and what is no date."""

from __future__ import annotations

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import DateError
from detente.model import BoundedDate
from detente.resolving.when import find_dates, resolve_date

# Phrases that stand on their own: words, earliest, latest ("" is open).
ABSOLUTE = """
February 21, 1972 | 1972-02-21 | 1972-02-21
February 21 1972 | 1972-02-21 | 1972-02-21
February 21st, 1972 | 1972-02-21 | 1972-02-21
21 February 1972 | 1972-02-21 | 1972-02-21
the 21st of February 1972 | 1972-02-21 | 1972-02-21
21st February, 1972 | 1972-02-21 | 1972-02-21
on February 21, 1972 | 1972-02-21 | 1972-02-21
Feb. 21, 1972 | 1972-02-21 | 1972-02-21
Sept. 9, 1954 | 1954-09-09 | 1954-09-09
1972-02-21 | 1972-02-21 | 1972-02-21
Monday, February 21, 1972 | 1972-02-21 | 1972-02-21
Monday, the 21st of February 1972 | 1972-02-21 | 1972-02-21
the evening of February 21, 1972 | 1972-02-21 | 1972-02-21
the night of May 9, 1960 | 1960-05-09 | 1960-05-09
on the morning of August 13, 1961 | 1961-08-13 | 1961-08-13
on or about June 16, 1844 | 1844-06-16 | 1844-06-16
February, 24, 1917 | 1917-02-24 | 1917-02-24
February 29, 1904 | 1904-02-29 | 1904-02-29
21-28 February 1972 | 1972-02-21 | 1972-02-28
21–28 February 1972 | 1972-02-21 | 1972-02-28
21 and 22 February 1972 | 1972-02-21 | 1972-02-22
February 21-28, 1972 | 1972-02-21 | 1972-02-28
February 21–28, 1972 | 1972-02-21 | 1972-02-28
February 21 to 28, 1972 | 1972-02-21 | 1972-02-28
February 21 through 28, 1972 | 1972-02-21 | 1972-02-28
February 21 and 22, 1972 | 1972-02-21 | 1972-02-22
January 3, 4, and 5, 1974 | 1974-01-03 | 1974-01-05
between October 23 and 27, 1837 | 1837-10-23 | 1837-10-27
between November 28 and December 1, 1943 | 1943-11-28 | 1943-12-01
from July 17 to August 2, 1945 | 1945-07-17 | 1945-08-02
July 17–August 2, 1945 | 1945-07-17 | 1945-08-02
December 28, 1949, to January 3, 1950 | 1949-12-28 | 1950-01-03
from December 28 to January 3, 1950 | 1949-12-28 | 1950-01-03
from December 5, 1851 to July 14, 1852 | 1851-12-05 | 1852-07-14
September 1979 | 1979-09-01 | 1979-09-30
in September 1979 | 1979-09-01 | 1979-09-30
in September, 1979 | 1979-09-01 | 1979-09-30
in September of 1979 | 1979-09-01 | 1979-09-30
Sept. 1954 | 1954-09-01 | 1954-09-30
Sep 1954 | 1954-09-01 | 1954-09-30
Jan. 1968 | 1968-01-01 | 1968-01-31
1979-09 | 1979-09-01 | 1979-09-30
February 1900 | 1900-02-01 | 1900-02-28
February 2000 | 2000-02-01 | 2000-02-29
January-February 1967 | 1967-01-01 | 1967-02-28
January–February 1967 | 1967-01-01 | 1967-02-28
January and February 1967 | 1967-01-01 | 1967-02-28
in October and November of 1943 | 1943-10-01 | 1943-11-30
December-January 1968 | 1968-12-01 | 1969-01-31
between March and October 1991 | 1991-03-01 | 1991-10-31
from February to November of 1899 | 1899-02-01 | 1899-11-30
from November 1866 to November 1867 | 1866-11-01 | 1867-11-30
October 1962–January 1963 | 1962-10-01 | 1963-01-31
early September 1979 | 1979-09-01 | 1979-09-10
in early September 1979 | 1979-09-01 | 1979-09-10
mid-September 1979 | 1979-09-11 | 1979-09-20
in the middle of September 1979 | 1979-09-11 | 1979-09-20
late September 1979 | 1979-09-21 | 1979-09-30
in late September 1979 | 1979-09-21 | 1979-09-30
late in September 1979 | 1979-09-21 | 1979-09-30
late July of 1794 | 1794-07-21 | 1794-07-31
late February 1972 | 1972-02-21 | 1972-02-29
early in July 1990 | 1990-07-01 | 1990-07-10
the beginning of July 1990 | 1990-07-01 | 1990-07-07
the end of July 1990 | 1990-07-22 | 1990-07-31
the first half of July 1990 | 1990-07-01 | 1990-07-15
the second half of July 1990 | 1990-07-16 | 1990-07-31
the first week of May 1950 | 1950-05-01 | 1950-05-07
the second week of May 1950 | 1950-05-08 | 1950-05-14
the last week of May 1950 | 1950-05-25 | 1950-05-31
the week of March 3, 1969 | 1969-03-03 | 1969-03-09
the last days of July 1914 | 1914-07-22 | 1914-07-31
1969 | 1969-01-01 | 1969-12-31
in 1969 | 1969-01-01 | 1969-12-31
during 1969 | 1969-01-01 | 1969-12-31
throughout 1969 | 1969-01-01 | 1969-12-31
the year 1969 | 1969-01-01 | 1969-12-31
circa 1850 | 1850-01-01 | 1850-12-31
about 1850 | 1850-01-01 | 1850-12-31
c. 1850 | 1850-01-01 | 1850-12-31
early 1977 | 1977-01-01 | 1977-04-30
in early 1977 | 1977-01-01 | 1977-04-30
early in 1977 | 1977-01-01 | 1977-04-30
the early part of 1977 | 1977-01-01 | 1977-04-30
the early months of 1919 | 1919-01-01 | 1919-04-30
the first months of 1989 | 1989-01-01 | 1989-04-30
mid-1978 | 1978-05-01 | 1978-08-31
mid 1978 | 1978-05-01 | 1978-08-31
the middle of 1978 | 1978-05-01 | 1978-08-31
late 1978 | 1978-09-01 | 1978-12-31
late in 1978 | 1978-09-01 | 1978-12-31
the latter part of 1978 | 1978-09-01 | 1978-12-31
the beginning of 1941 | 1941-01-01 | 1941-03-31
the end of 1941 | 1941-10-01 | 1941-12-31
the first half of 1941 | 1941-01-01 | 1941-06-30
the second half of 1941 | 1941-07-01 | 1941-12-31
the latter half of 1941 | 1941-07-01 | 1941-12-31
the first three months of 1941 | 1941-01-01 | 1941-03-31
the last three months of 1941 | 1941-10-01 | 1941-12-31
the last two weeks of 1941 | 1941-12-18 | 1941-12-31
between late 1907 and early 1908 | 1907-09-01 | 1908-04-30
late 1907 and early 1908 | 1907-09-01 | 1908-04-30
1941-45 | 1941-01-01 | 1945-12-31
1941–45 | 1941-01-01 | 1945-12-31
1941–1945 | 1941-01-01 | 1945-12-31
1812-1814 | 1812-01-01 | 1814-12-31
1949–50 | 1949-01-01 | 1950-12-31
1898–02 | 1898-01-01 | 1902-12-31
in 1998–1999 | 1998-01-01 | 1999-12-31
1812 to 1814 | 1812-01-01 | 1814-12-31
from 1951 to 1953 | 1951-01-01 | 1953-12-31
from 1951 until 1953 | 1951-01-01 | 1953-12-31
from 1951 through 1953 | 1951-01-01 | 1953-12-31
between 1946 and 1949 | 1946-01-01 | 1949-12-31
between the years of 1946 and 1949 | 1946-01-01 | 1949-12-31
1959 and 1960 | 1959-01-01 | 1960-12-31
in 1959 and 1960 | 1959-01-01 | 1960-12-31
the years 1809, 1810, 1811, and 1812 | 1809-01-01 | 1812-12-31
spring 1948 | 1948-03-01 | 1948-05-31
the spring of 1948 | 1948-03-01 | 1948-05-31
in the spring of 1948 | 1948-03-01 | 1948-05-31
summer 1970 | 1970-06-01 | 1970-08-31
the summer of 1970 | 1970-06-01 | 1970-08-31
the autumn of 1956 | 1956-09-01 | 1956-11-30
the fall of 1956 | 1956-09-01 | 1956-11-30
winter 1939-40 | 1939-12-01 | 1940-02-29
the winter of 1939–40 | 1939-12-01 | 1940-02-29
the winter of 1978–1979 | 1978-12-01 | 1979-02-28
the winter of 1941 | 1941-01-01 | 1942-02-28
the summer and autumn of 1956 | 1956-06-01 | 1956-11-30
the spring and summer of 1962 | 1962-03-01 | 1962-08-31
spring and early summer of 1978 | 1978-03-01 | 1978-06-30
late summer 1914 | 1914-08-01 | 1914-08-31
the late autumn of 1971 | 1971-11-01 | 1971-11-30
from the summer of 1973 to the summer of 1975 | 1973-06-01 | 1975-08-31
1970s | 1970-01-01 | 1979-12-31
the 1970s | 1970-01-01 | 1979-12-31
during the 1970s | 1970-01-01 | 1979-12-31
the 1970’s | 1970-01-01 | 1979-12-31
early 1970s | 1970-01-01 | 1973-12-31
the early 1970s | 1970-01-01 | 1973-12-31
the mid-1970s | 1974-01-01 | 1976-12-31
the late 1960s | 1967-01-01 | 1969-12-31
the end of the 1960s | 1968-01-01 | 1969-12-31
the beginning of the 1960s | 1960-01-01 | 1962-12-31
the first half of the 1960s | 1960-01-01 | 1964-12-31
in the 1840s and 1850s | 1840-01-01 | 1859-12-31
during the 1960s and 1970s | 1960-01-01 | 1979-12-31
the late 1960s and early 1970s | 1967-01-01 | 1973-12-31
the 1800s | 1800-01-01 | 1899-12-31
19th century | 1801-01-01 | 1900-12-31
the 19th century | 1801-01-01 | 1900-12-31
the nineteenth century | 1801-01-01 | 1900-12-31
the twenty-first century | 2001-01-01 | 2100-12-31
early 19th century | 1801-01-01 | 1833-12-31
the mid-19th century | 1834-01-01 | 1866-12-31
the late nineteenth century | 1867-01-01 | 1900-12-31
the first half of the nineteenth century | 1801-01-01 | 1850-12-31
the second half of the nineteenth century | 1851-01-01 | 1900-12-31
the end of the 18th century | 1781-01-01 | 1800-12-31
the start of the 20th century | 1901-01-01 | 1920-12-31
the 16th and 17th centuries | 1501-01-01 | 1700-12-31
the turn of the century | 1895-01-01 | 1905-12-31
the turn of the 20th century | 1895-01-01 | 1905-12-31
the turn of the twentieth century | 1895-01-01 | 1905-12-31
since 1969 | 1969-01-01 |
ever since 1969 | 1969-01-01 |
since March 1969 | 1969-03-01 |
since the mid-1970s | 1974-01-01 |
from 1981 onward | 1981-01-01 |
beginning in October 1978 | 1978-10-01 |
starting in August 1992 | 1992-08-01 |
until 1975 | | 1975-12-31
until October 1953 | | 1953-10-31
up to 1975 | | 1975-12-31
through 1992 | | 1992-12-31
through the 1950s | | 1959-12-31
by 1994 | | 1994-12-31
by March 1985 | | 1985-03-31
by July 30, 1978 | | 1978-07-30
by mid-1945 | | 1945-08-31
by the end of 1945 | | 1945-12-31
by the late 1970s | | 1979-12-31
by the spring of 1967 | | 1967-05-31
no later than July 1991 | | 1991-07-31
before 1844 | | 1843-12-31
prior to October 1986 | | 1986-09-30
after 1957 | 1957-01-01 |
after July 7, 1937 | 1937-07-07 |
following March 1979 | 1979-03-01 |
Easter 1916 | 1916-04-23 | 1916-04-23
Easter Monday 1916 | 1916-04-24 | 1916-04-24
Easter Sunday, 1961 | 1961-04-02 | 1961-04-02
Good Friday 1939 | 1939-04-07 | 1939-04-07
Good Friday, 1998 | 1998-04-10 | 1998-04-10
Whitsun 1940 | 1940-05-12 | 1940-05-12
Christmas 1941 | 1941-12-25 | 1941-12-25
Christmas Day 1991 | 1991-12-25 | 1991-12-25
Christmas Eve 1979 | 1979-12-24 | 1979-12-24
New Year's Day 1959 | 1959-01-01 | 1959-01-01
New Year’s Eve 1958 | 1958-12-31 | 1958-12-31
Armistice Day 1918 | 1918-11-11 | 1918-11-11
May Day 1960 | 1960-05-01 | 1960-05-01
World War I | 1914-07-28 | 1918-11-11
the First World War | 1914-07-28 | 1918-11-11
World War II | 1939-09-01 | 1945-09-02
during the Second World War | 1939-09-01 | 1945-09-02
the interwar years | 1918-11-11 | 1939-09-01
the interwar period | 1918-11-11 | 1939-09-01
during the Korean War | 1950-06-25 | 1953-07-27
during the Seven Years’ War | 1756-05-17 | 1763-02-15
during the War of 1812 | 1812-06-18 | 1815-02-17
during the Russo-Japanese War | 1904-02-08 | 1905-09-05
during the Cuban Missile Crisis | 1962-10-14 | 1962-10-28
since World War II | 1939-09-01 |
after World War II | 1945-09-02 |
before World War I | | 1914-07-27
the eve of World War I | 1914-06-28 | 1914-07-27
on the eve of May 14, 1948 | 1948-05-13 | 1948-05-13
October 25, 1917 (Old Style) | 1917-11-07 | 1917-11-07
October 25, 1917 Old Style | 1917-11-07 | 1917-11-07
25 October 1917 (O.S.) | 1917-11-07 | 1917-11-07
February 23, 1917, O.S. | 1917-03-08 | 1917-03-08
December 14, 1825 (Old Style) | 1825-12-26 | 1825-12-26
three days after June 5, 1967 | 1967-06-08 | 1967-06-08
the day after June 5, 1967 | 1967-06-06 | 1967-06-06
two days before Christmas 1941 | 1941-12-23 | 1941-12-23
within two weeks of June 5, 1967 | 1967-06-05 | 1967-06-19
196X | 1960-01-01 | 1969-12-31
1958/1960 | 1958-01-01 | 1960-12-31
"""

# Phrases counted from an anchor: anchor (EDTF), words, earliest, latest.
RELATIVE = """
1967-06-05 | the same day | 1967-06-05 | 1967-06-05
1967-06-05 | that same day | 1967-06-05 | 1967-06-05
1967-06-05 | that evening | 1967-06-05 | 1967-06-05
1967-06-05 | later that day | 1967-06-05 | 1967-06-05
1967-06-05 | the next day | 1967-06-06 | 1967-06-06
1967-06-05 | the following day | 1967-06-06 | 1967-06-06
1967-06-05 | the next morning | 1967-06-06 | 1967-06-06
1967-06-05 | the previous day | 1967-06-04 | 1967-06-04
1967-06-05 | the day before | 1967-06-04 | 1967-06-04
1967-06-05 | two days later | 1967-06-07 | 1967-06-07
1967-06-05 | four days earlier | 1967-06-01 | 1967-06-01
1967-06-05 | twenty-one days later | 1967-06-26 | 1967-06-26
1967-06-05 | a few days later | 1967-06-07 | 1967-06-10
1967-06-05 | two weeks later | 1967-06-16 | 1967-06-22
1967-06-05 | that week | 1967-06-05 | 1967-06-11
1967-06-05 | the following week | 1967-06-09 | 1967-06-15
1967-06-05 | that month | 1967-06-01 | 1967-06-30
1967-06-05 | the same month | 1967-06-01 | 1967-06-30
1967-06-05 | the following month | 1967-07-01 | 1967-07-31
1967-06-05 | the next month | 1967-07-01 | 1967-07-31
1967-06-05 | the previous month | 1967-05-01 | 1967-05-31
1967-12-05 | the following month | 1968-01-01 | 1968-01-31
1967-01-31 | one month later | 1967-02-01 | 1967-02-28
1967-06-05 | five months later | 1967-11-01 | 1967-11-30
1967-06-05 | several months later | 1967-09-01 | 1968-03-31
1967-06-05 | months later | 1967-08-01 | 1968-05-31
1967-06-05 | that year | 1967-01-01 | 1967-12-31
1967-06-05 | that same year | 1967-01-01 | 1967-12-31
1967-06-05 | in the same year | 1967-01-01 | 1967-12-31
1967-06-05 | later that year | 1967-06-05 | 1967-12-31
1967-06-05 | earlier that year | 1967-01-01 | 1967-06-05
1967-06-05 | later in 1967 | 1967-06-05 | 1967-12-31
1967-06-05 | the following year | 1968-01-01 | 1968-12-31
1967-06-05 | the next year | 1968-01-01 | 1968-12-31
1967-06-05 | the previous year | 1966-01-01 | 1966-12-31
1967-06-05 | a year later | 1968-01-01 | 1968-12-31
1967-06-05 | two years later | 1969-01-01 | 1969-12-31
1967-06-05 | three years earlier | 1964-01-01 | 1964-12-31
1967-06-05 | two or three years later | 1969-01-01 | 1970-12-31
1967-06-05 | a decade later | 1976-01-01 | 1978-12-31
1967-06-05 | a decade earlier | 1956-01-01 | 1958-12-31
1967-06-05 | within a year | 1967-06-05 | 1968-06-05
1967-06-05 | within six months | 1967-06-05 | 1967-12-05
1967-06-05 | within days | 1967-06-05 | 1967-06-15
1967-06-05 | within twenty-four hours | 1967-06-05 | 1967-06-06
1967-06-05 | over the next four years | 1967-06-05 | 1971-06-05
1967-06-05 | the next two weeks | 1967-06-05 | 1967-06-19
1967-06-05 | the past decade | 1957-06-05 | 1967-06-05
1967-06-05 | by March | | 1967-03-31
1967-06-05 | by the end of the month | | 1967-06-30
1967-06-05 | by the end of the year | | 1967-12-31
1967-06-05 | 21 February | 1967-02-21 | 1967-02-21
1967-06-05 | June 10 | 1967-06-10 | 1967-06-10
1967-12-20 | January 3 | 1968-01-03 | 1968-01-03
1967-06-05 | on the 10th of June | 1967-06-10 | 1967-06-10
1967-06-05 | between June 8 and June 10 | 1967-06-08 | 1967-06-10
1967-06-05 | between June 8 and 10 | 1967-06-08 | 1967-06-10
1967-06-05 | from June 8 to July 2 | 1967-06-08 | 1967-07-02
1967-06-05 | in September | 1967-09-01 | 1967-09-30
1967-06-05 | that September | 1967-09-01 | 1967-09-30
1967-06-05 | late September | 1967-09-21 | 1967-09-30
1967-06-05 | early in September | 1967-09-01 | 1967-09-10
1967-06-05 | the following March | 1968-03-01 | 1968-03-31
1967-06-05 | the previous March | 1967-03-01 | 1967-03-31
1967-06-05 | March of that year | 1967-03-01 | 1967-03-31
1967-06-05 | in March of the same year | 1967-03-01 | 1967-03-31
1967-06-05 | March of the following year | 1968-03-01 | 1968-03-31
1967-06-05 | that autumn | 1967-09-01 | 1967-11-30
1967-06-05 | that summer | 1967-06-01 | 1967-08-31
1967-06-05 | the following spring | 1968-03-01 | 1968-05-31
1967-06-05 | the previous autumn | 1966-09-01 | 1966-11-30
1967-06-05 | in the fall | 1967-09-01 | 1967-11-30
1967-06-05 | that winter | 1967-12-01 | 1968-02-29
1967-06-05 | Christmas Eve | 1967-12-24 | 1967-12-24
1967-06-05 | that Friday | 1967-06-09 | 1967-06-09
1967-06-05 | on Thursday | 1967-06-08 | 1967-06-08
1939/1945 | on the eve of the war | 1938-12-01 | 1938-12-31
1939/1945 | after the war | 1945-12-31 |
1939/1945 | the end of the war | 1945-09-01 | 1945-12-31
1914-07-28/1918-11-11 | during the war | 1914-07-28 | 1918-11-11
1950-06-25/1953-07-27 | at that time | 1950-06-25 | 1953-07-27
1967-06-05 | the first half of the century | 1901-01-01 | 1950-12-31
1967-06-05 | the first half of the year | 1967-01-01 | 1967-06-30
1850-06-05 | the turn of the century | 1895-01-01 | 1905-12-31
1967-06-05 | the ’60s | 1960-01-01 | 1969-12-31
1967-06-05 | the next day, June 6 | 1967-06-06 | 1967-06-06
1967-06-05 | a year later in 1968 | 1968-01-01 | 1968-12-31
1967 | the following year | 1968-01-01 | 1968-12-31
1967-03 | the following month | 1967-04-01 | 1967-04-30
1939/1941 | the following year | 1942-01-01 | 1942-12-31
"""

NO_DATE = (
    "1,500 troops crossed the river.",
    "The Council passed Resolution 1973.",
    "UN Resolutions 1970 and 1973",
    "See p. 1945 and pp. 1812-1814.",
    "It cost $1947.",
    "They met at the 38th parallel.",
    "A force of 1200 men and 1500 horses",
    "They may march in august company.",
    "After the fall of Saigon they left.",
    "Flight 1812 landed.",
    "The spring of the trap",
    "A second government fell.",
    "Highway 1950 runs along the border.",
    "No. 1917 of the series",
    "The population was 1,945,000.",
    "About 2000 refugees came.",
    "Article 51 was cited in the third draft.",
    "He was the first to speak, and the last.",
    "The 82nd Airborne and the 101st",
    "A ten-point plan with 14 points",
    "She had a second meeting with three ministers.",
)

IMPOSSIBLE = (
    ("February 30, 1972", "29 days"),
    ("February 29, 1900", "28 days"),
    ("31 June 1950", "30 days"),
    ("September 31, 1939", "30 days"),
    ("1972-02-30", "29 days"),
    ("from 1953 to 1951", "expected the earlier date first"),
)

IN_TEXT = (
    ("In 1987 and repeatedly in 1988 they met.", ["1987", "1988"]),
    ("In 1968 and 1969, as tensions rose, clashes occurred.", ["1968 and 1969"]),
    ("It was signed on May 5, 1955, and took effect in June.", ["May 5, 1955", "June"]),
    ("They met in late September 1979.", ["late September 1979"]),
    ("The late 1960s and the following year were quiet.", ["The late 1960s", "the following year"]),
    ("Troops stayed from 1951 to 1953; by March they left.", ["from 1951 to 1953", "by March"]),
    ("The treaty of 1842 and that of 1858", ["1842", "1858"]),
    ("Two days later, on the eve of the war, he resigned.", ["Two days later", "the eve of the war"]),
    ("In May 1945 troops entered the city.", ["May 1945"]),
    ("It was adopted as Resolution 338 on October 22.", ["October 22"]),
    ("The talks of 14–24 January 1943 and the winter of 1939–40", ["14–24 January 1943", "the winter of 1939–40"]),
    ("The war (1846-48) ended, and in 1849 they left.", ["1846-48", "1849"]),
    ("Since 1969, and until 1975, aid ran.", ["Since 1969", "until 1975"]),
)


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def bounds(date: BoundedDate) -> tuple[str, str]:
    return str(date.earliest or ""), str(date.latest or "")


@pytest.mark.parametrize(("words", "earliest", "latest"), rows(ABSOLUTE), ids=lambda cell: cell or "open")
def test_phrase_alone(words: str, earliest: str, latest: str) -> None:
    assert bounds(resolve_date(words)) == (earliest, latest)


@pytest.mark.parametrize(("anchor", "words", "earliest", "latest"), rows(RELATIVE), ids=lambda cell: cell or "open")
def test_phrase_counted_from_an_anchor(anchor: str, words: str, earliest: str, latest: str) -> None:
    assert bounds(resolve_date(words, resolve_date(anchor))) == (earliest, latest)


def test_the_tables_are_as_long_as_asked() -> None:
    assert len(rows(ABSOLUTE)) + len(rows(RELATIVE)) >= 250


@pytest.mark.parametrize("text", NO_DATE)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(("words", "reason"), IMPOSSIBLE)
def test_impossible_dates_say_why(words: str, reason: str) -> None:
    with pytest.raises(DateError, match=reason):
        resolve_date(words)


@pytest.mark.parametrize("words", ["", "hello", "the treaty", "1,500", "38th parallel", "soon after midnight", "in"])
def test_words_that_are_no_date_say_what_is_expected(words: str) -> None:
    with pytest.raises(DateError, match="expected"):
        resolve_date(words)


@pytest.mark.parametrize("words", ["two days later", "that autumn", "21 February", "by March", "the same day"])
def test_a_relative_phrase_needs_its_anchor(words: str) -> None:
    with pytest.raises(DateError, match="anchor"):
        resolve_date(words)


@pytest.mark.parametrize(("text", "phrases"), IN_TEXT)
def test_phrases_in_text_are_the_longest_with_exact_offsets(text: str, phrases: list[str]) -> None:
    found = find_dates(text, BoundedDate.year(1950))
    assert [date.span.text for date in found] == phrases
    assert all(text[date.span.start : date.span.end] == date.span.text for date in found)


def test_an_unanchored_relative_phrase_is_found_without_bounds() -> None:
    (date,) = find_dates("Two days later they met.")
    assert date.relative
    assert bounds(date.when) == ("", "")


def test_impossible_days_in_text_are_left_out() -> None:
    assert [date.span.text for date in find_dates("On February 30, 1972 or in 1973")] == ["1973"]


def test_the_words_and_the_calendar_are_kept() -> None:
    date = resolve_date("October 25, 1917 (Old Style)")
    assert (date.text, date.calendar) == ("October 25, 1917 (Old Style)", "julian")


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("February 21, 1972", "1972-02-21"),
        ("September 1979", "1979-09"),
        ("the 1970s", "197X"),
        ("early 1977", "1977-01/1977-04"),
        ("the spring of 1948", "1948-21"),
        ("winter 1939-40", "1939-24"),
        ("circa 1850", "1850~"),
        ("1941–45", "1941/1945"),
        ("since March 1969", "1969-03-01/.."),
    ],
)
def test_phrases_are_said_in_edtf(words: str, edtf: str) -> None:
    assert resolve_date(words).edtf == edtf


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
years = st.integers(1600, 2040)


@given(st.dates(datetime.date(1600, 1, 1), datetime.date(2040, 12, 31)))
def test_every_day_is_read_in_both_orders(day: datetime.date) -> None:
    month = MONTHS[day.month - 1]
    for words in (f"{month} {day.day}, {day.year}", f"{day.day} {month} {day.year}"):
        assert resolve_date(words) == BoundedDate(day, day, words, day.isoformat())


@given(years, st.sampled_from(MONTHS), st.sampled_from(["early", "mid-", "late"]))
def test_widening_a_phrase_never_narrows_it(year: int, month: str, part: str) -> None:
    joined = part if part.endswith("-") else f"{part} "
    wider = [
        f"{joined}{month} {year}",
        f"{month} {year}",
        f"{year}",
        f"the {year // 10 * 10}s" if year % 100 >= 10 else f"{year}",
    ]
    dates = [resolve_date(words) for words in wider]
    for inner, outer in itertools.pairwise(dates):
        assert inner.earliest and inner.latest and outer.earliest and outer.latest
        assert outer.earliest <= inner.earliest <= inner.latest <= outer.latest


@given(years, st.integers(0, 58))
def test_a_range_of_years_holds_both(year: int, length: int) -> None:
    last = year + length + 1
    for words in (f"from {year} to {last}", f"between {year} and {last}", f"{year}–{last}"):
        assert resolve_date(words) == BoundedDate.between(datetime.date(year, 1, 1), datetime.date(last, 12, 31), words)


@given(st.text(alphabet="0123456789 -–/,.()'’JanuaryFebrMchlotheinds1950", max_size=40))
def test_any_text_gives_ordered_bounds_or_nothing(text: str) -> None:
    for date in find_dates(text, BoundedDate.day(datetime.date(1950, 6, 5))):
        assert text[date.span.start : date.span.end] == date.span.text
        if date.when.earliest and date.when.latest:
            assert date.when.earliest <= date.when.latest


@given(st.dates(datetime.date(1600, 1, 1), datetime.date(2040, 12, 31)), st.integers(1, 40))
def test_days_later_and_earlier_are_inverse(day: datetime.date, count: int) -> None:
    later = resolve_date(f"{count} days later", BoundedDate.day(day))
    assert resolve_date(f"{count} days earlier", later).earliest == day
