"""What nobody types to see a picture. REFUSED is answered with an error, READ has some value."""

_PYTHON = """
__import__('os').system('id')
__import__("os")
().__class__.__bases__[0].__subclasses__()
x.__class__
x.__class__.__mro__[1]
x.real
x.data
x.backward()
math.sin(x)
torch.load('f')
np.exp(x)
os.getcwd()
open('/etc/passwd').read()
eval('x')
exec('x=1')
compile('x','','eval')
getattr(x,'real')
globals()
locals()
vars()
dir()
type(x)
object()
breakpoint()
exit()
quit()
input()
print(x)
help()
lambda x: x
lambda: 0
(lambda x: x)(y)
[x for x in y]
{x for x in y}
{x: y for x in y}
(x for x in y)
[x, y]
{x}
{}
[]
()
(x := 3)
x := 3
x = 3
x == y
x != y
x <> y
x < y
x >= y
x if y else z
if x: y
while 1: pass
for i in x: y
def f(x): return x
class A: pass
import os
from os import system
return x
yield x
await x
async x
del x
raise x
assert x
pass
None + x
True + x
False
not x
x and y
x or y
x is y
x in y
f'{x}'
f"{x.__class__}"
'x'
"x"
b'x'
r'x'
'''x'''
`x`
'%s' % x
x % y
x // y
x @ y
x & y
x | y
x ~ y
~x
x << 2
x >> 2
x!
x?
x;y
x:y
@x
$x
#x
x # comment
x // comment
x /* comment */
\\x
\\frac{x}{y}
x\\
x[0]
x[0:1]
x{0}
x...y
...
_
__
__name__
__builtins__
__class__
__globals__
_x
x_
x__y
*x
**x
*args
x, y
,x
x,
0x10 + x
0b101 + x
0o17 + x
1_000*x
1e
1.e.2
x.1
1..x
.
..
+
-
*
/
^
**
^^
x^
^x
x^^2
x***2
x* *2
x/
/x
x+*y
x*/y
x(
x)
)(
(
)
((x)
(x))
(x]
[x)
sin
sin x
sin(
sin()
sin(,x)
sin(x,)
sin(x,y)
sin()x
sin^2(x)
sin**2(x)
max(x)
max()
atan2(x)
pow(x)
pow(x,y,z)
x(y)
x(2)
pi(x)
e(x)
f(x)
xy
xyz*foo
foo
foo(x)
S(1)
Symbol('x')
Function('f')(x)
Integral(x)
diff(x**2)
lambdify(x)
sympify(x)
N(x)
oo
zoo
nan
inf
NaN
Infinity
1/2x
6/2(1+2)
x^2y
2^3x
1 2
x y
3 4 x
;DROP TABLE runs
<script>alert(1)</script>
&lt;x&gt;
%78
\\u0078*foo
${x}
{{x}}
{%x%}
$(id)
`id`
| id
> /tmp/x
../../etc/passwd
file:///etc/passwd
http://x
1e999
-1e999*x
9e99999999999999999999*x
floor(x)
round(x)
mod(x,2)
gamma(x)
factorial(x)
"""

REFUSED = [
    *filter(None, _PYTHON.split("\n")),
    "",
    " ",
    "\t\n",
    "x\0y",
    "\0",
    "x\x07",
    "x\x1b[31m",
    "x\u200by",  # zero-width space
    "x\u200d",
    "\ufeffx",
    "x\u202e+y",  # right-to-left override
    "\u2066x\u2069",
    "x\u2028+y",
    "х + 1",  # Cyrillic
    "сos(x)",
    "ѕin(x)",
    "Χ + 1",  # Greek capital chi
    "ｘ + 1",  # full width
    "１ + x",
    "x + ２",
    "𝑥 + 1",  # mathematical italic
    "𝟏 + x",
    "x + ٣",  # Arabic-Indic digit
    "x + ३",
    "x ＝ 2",
    "x + ½",
    "Ⅳ * x",
    "x₁",
    "ﬁ(x)",
    "\u212a * x",  # Kelvin sign
    "ſin(x)",  # long s
    "√x",
    "∞ * x",
    "∑x",
    "∂x",
    "x 。 y",
    "max(x；y)",
    "max(x、y)",
    "正弦(x)",
    "x 加 y",
    "😀",
    "x + 😀",
    "\ud800",  # half a character
    "x\u0301",  # a letter with a combining accent
    "-" * 1999 + "x",
    "(" * 1000 + "x" + ")" * 999,
    "(" * 5000 + "x" + ")" * 5000,
    "-" * 5000 + "x",
    "+-" * 400 + "x",
    "x^" * 600 + "x",
    "x/" * 600 + "x",
    "sin(" * 400 + "x" + ")" * 400,
    "x" * 10**6,
    "x+" * 10**6 + "x",
    "x" * 2000,
    "9" * 400 + "*x",
    "9" * 2000,
    "x" + "+x" * 600,
    "x^7" + "+x^7" * 300,
    "abcdefgh" * 200,
    "a+b+c+d+f+g+h+i+j",
    "1",
    "pi",
    "2^3",
    "9**9**9",
    "9^9^9^9^9^9^9^9^9^9^9",
    "-" * 5 + "1",
    "(((((((((((((((((((((((((((((((((((((((((((((((((((x)))))))))))))))))))))))))))))))))))))))))))))))))))",
]

READ = [
    "1j*x",
    "1e+ + x",
    "9**9**9 + x",
    "9^9^9^9^9 * x",
    "x^9^9^9",
    "x**x**x**x**x**x**x**x",
    "(x^99999)^99999",
    "((((2x)^64)^64)^64)^64",
    "((((2x)^1000)^1000)^1000)^1000",
    "(123456x)^123456",
    "(x/999983)^64 + (x/999979)^64",
    "x^0.1234567890123456789",
    "1e308*x*1e308",
    "1e-308*x*1e-308",
    "x + 5e-324",
    "x*" + "0" * 1900 + "1",
    "0." + "0" * 1900 + "1*x",
    "exp(exp(exp(exp(exp(x)))))",
    "exp(exp(exp(300))) + x",
    "log(log(log(log(x))))",
    "log(-1-x^2)",
    "sqrt(-1-x^2)",
    "asin(2+x^2)",
    "0*log(-1) + x",
    "0/0 + x",
    "1/0 + x",
    "x/0",
    "0/x",
    "1/x",
    "1/(x-x)",
    "x/x",
    "x^-1",
    "0^x",
    "0^-x",
    "(-1)^x",
    "(-8)^(1/3) + x",
    "x^x",
    "log(x)",
    "log(x-x)",
    "sqrt(x)",
    "sqrt(sqrt(sqrt(x-x)))",
    "tan(pi/2) + x",
    "acosh(x)/atanh(x)",
    "sin(1e308*x)",
    "sin(10^308 * 10 * x)",
    "cos(x^1000)",
    "abs(abs(abs(x)))",
    "sign(sign(x))",
    "min(" + "x," * 100 + "x)",
    "max(" + ",".join("xyz"[i % 3] for i in range(200)) + ")",
    "-" * 50 + "x",
    "(" * 50 + "x" + ")" * 50,
    "sin(" * 50 + "x" + ")" * 50,
    "x^" * 50 + "x",
    "x" + "*x" * 400,
    "x" + "+x" * 400,
    "x" + "-x" * 49,
    "(" + "x+y)(" * 100 + "x)",
    "sin(x*y)" * 60,
    "hypot(x,x)",
    "atan2(x-x,x-x)",
    "pow(pow(pow(x,x),x),x)",
    "softplus(1e300*x)",
    "sigmoid(-1e300*x)",
    "erf(1e300x)",
    "lambda + alpha",
    "x\n+\r\n\ty",
    "x²³",
    "x⁻¹",
    "（x＋1）×2",
    "max（x，y）",
    "π·x",
    "e^e^e^x",
    "x1 + x_1",
    "O + l + I",
    "i + j",
    "E^x",
]
