"""The many ways to name a machine that a crawl has no business with."""

LOOPBACK = """
127.0.0.1 127.0.0.2 127.1 127.0.1 2130706433 0x7f000001 0x7F.1 0x7f.0.0.0x1 0177.0.0.1 017700000001
0 0.0.0.0 localhost LOCALHOST localhost. 127.0.0.1. 127.0.0.1.. [::1] [::] [0:0:0:0:0:0:0:1]
[::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:127.0.0.1] [::127.0.0.1] [::7f00:1]
[64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b:1::7f00:1] [2002:7f00:1::] [2001:0:0:0:0:0:80ff:fffe]
user@127.0.0.1 user:word@127.0.0.1 blog.example@127.0.0.1 blog.example%40127.0.0.1 127.0.0.1#@blog.example
127.0.0.1%00.blog.example 127.0.0.1%2f.blog.example %31%32%37.0.0.1 \\127.0.0.1 @127.0.0.1
127.0.0.1\\@blog.example
①②⑦.⓪.⓪.① １２７.０.０.１ 127。0。0。1 127．0．0．1 ⑫⑦.0.0.1 ⓛⓞⓒⓐⓛⓗⓞⓢⓣ ١٢٧.٠.٠.١
inside.example inside.example. INSIDE.example
""".split()
PRIVATE = """
10.0.0.1 10.255.255.254 0xa.1 167772161 012.0.0.1 172.16.0.1 172.31.255.254 192.168.0.1 192.168.1 3232235521
169.254.169.254 2852039166 0xa9fea9fe 0251.0376.0251.0376 [::ffff:169.254.169.254] [::ffff:a9fe:a9fe]
[64:ff9b::10.0.0.1] [64:ff9b::a9fe:a9fe] [2002:a00:1::] [2002:a9fe:a9fe::1] [fd00::1] [fc00::1]
[fd00:ec2::254]
[fe80::1] [fe80::1%25eth0] [fe80::1%eth0] [fec0::1] [ff02::1] [::ffff:10.0.0.1] [::10.0.0.1] [::a9fe:a9fe]
100.64.0.1 100.100.100.200 192.0.0.192 192.0.0.170 198.18.0.1 198.51.100.1 203.0.113.1 192.0.2.1 224.0.0.1
239.255.255.250 240.0.0.1 255.255.255.255 168.63.129.16 metadata metadata.google.internal
metadata.example carrier.example many.example
""".split()
NAMES = {
    "inside.example": [["127.0.0.1"]],
    "metadata": [["169.254.169.254"]],
    "metadata.google.internal": [["169.254.169.254"]],
    "metadata.example": [["::ffff:169.254.169.254"]],
    "carrier.example": [["100.64.0.1"]],
    "many.example": [["10.0.0.1", "fd00::1", "64:ff9b::a00:1"]],
}
"""What the names among them are looked up as."""
EVERYWHERE = [*LOOPBACK, *PRIVATE]
