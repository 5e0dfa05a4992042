/**
 * Passwords of 10 characters and more that everybody tries first, lower case. Shorter ones need no list: they are too
 * short anyway.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `0123456789 1234567890 12345678910 123456789a 1234567891 1234554321 0987654321 9876543210 1111111111 0000000000
  8888888888 6666666666 1122334455 1212121212 1231231231 123123123123 1234512345 123456123456 12345678900 5201314520
  5201314521 a123456789 aa123456789 abc123456789 abcd123456 abcd12345678 abcdefghij abcdefghijk q123456789 qq123456789
  w123456789 woaini1314 woaini520 woaini5201314 woaini1314520 woaiwojia520 wodemima123 iloveyou1314 iloveyou123
  qwertyuiop qwerty1234 qwerty12345 qwerty123456 qwertyui123 1qaz2wsx3edc 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4t5 qazwsxedcrfv
  qazwsx123456 zaq12wsxcde3 asdfghjkl1 asdfghjkl123 zxcvbnm123 zxcvbnm1234 zxcvbnm12345 password12 password123
  password1234 password12345 p@ssw0rd123 p@ssword123 passw0rd123 administrator administrator1 admin12345 admin123456
  admin@123456 adminadmin adminadmin1 admin888888 root123456 test123456 welcome123 welcome1234 letmein123 letmein1234
  hospital123 hospital1234 hospital123456 yiyuan123456 yiyuan12345 renminyiyuan zhongguo123 china123456 china12345
  changeme123 changeme1234 mima123456 mima12345678 123456abcdef 1234qwer1234 123qweasdzxc qweasdzxc123 asd123456789
  aa12345678 aaa123456789 a1234567890 a12345678910 1234567890a 1234567890q 147258369a 1472583690 147852369a 3141592653`.split(
    /\s+/,
  ),
);
