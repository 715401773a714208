#include "base/bytes.h"

#include <doctest/doctest.h>

using namespace tee;

TEST_CASE("cursor reads both byte orders") {
  const Bytes data{1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                   16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29};
  Cursor in(data);
  CHECK(in.u8() == 1);
  CHECK(in.u16le() == 0x0302);
  CHECK(in.u32le() == 0x07060504);
  CHECK(in.u64le() == 0x0f0e0d0c0b0a0908);
  CHECK(in.u16be() == 0x1011);
  CHECK(in.u32be() == 0x12131415);
  CHECK(in.u64be() == 0x161718191a1b1c1d);
  CHECK(in.remaining() == 0);
  CHECK(in.finish("table").has_value());
}

TEST_CASE("cursor takes views into the original bytes") {
  const Bytes data{1, 2, 3, 4, 5};
  Cursor in(data);
  in.skip(1);
  CHECK(in.take(2).data() == data.data() + 1);
  const auto pair = in.array<2>();
  CHECK(pair[0] == 4);
  CHECK(pair[1] == 5);
  CHECK(in.rest().empty());
  CHECK(in.ok());
}

TEST_CASE("bad-read-past-end: the cursor stays failed and says where") {
  const Bytes data{1, 2, 3};
  Cursor in(data);
  in.skip(2);
  CHECK(in.u16le() == 0);
  CHECK_FALSE(in.ok());
  CHECK(in.u8() == 0);  // one byte is left, but the cursor has failed
  CHECK(in.take(1).empty());
  CHECK(in.rest().empty());
  CHECK(in.array<2>() == std::array<std::uint8_t, 2>{});
  CHECK(in.remaining() == 0);
  CHECK(in.offset() == 2);
  const Status status = in.finish("header");
  REQUIRE_FALSE(status.has_value());
  CHECK(status.error().code == &code::input_malformed);
  CHECK(status.error().message == "header: 2 bytes expected at offset 2, 1 there");
  CHECK_FALSE(in.finish("header", Cursor::Left::allow).has_value());
}

TEST_CASE("bad-length-overflow: a huge read does not wrap around") {
  const Bytes data{1, 2, 3};
  Cursor in(data);
  in.skip(1);
  CHECK(in.take(SIZE_MAX).empty());
  CHECK_FALSE(in.ok());
}

TEST_CASE("bad-trailing-bytes: finish refuses what is left unless told otherwise") {
  const Bytes data{1, 2, 3};
  Cursor in(data);
  in.skip(1);
  const Status status = in.finish("table");
  REQUIRE_FALSE(status.has_value());
  CHECK(status.error().message == "table: ends at offset 1, but 2 more bytes follow");
  CHECK(in.finish("table", Cursor::Left::allow).has_value());
}

TEST_CASE("an empty cursor") {
  Cursor in(ByteView{});
  CHECK(in.finish("nothing").has_value());
  CHECK(in.rest().empty());
  CHECK(in.take(0).empty());
  CHECK(in.ok());
  CHECK(in.u8() == 0);
  CHECK_FALSE(in.ok());
}

TEST_CASE("writer and cursor are twins") {
  Writer out;
  out.u8(1).u16le(2).u32le(3).u64le(4).u16be(5).u32be(6).u64be(7).text("ab").zeros(2).bytes(Bytes{9});
  CHECK(out.size() == 1 + 2 + 4 + 8 + 2 + 4 + 8 + 2 + 2 + 1);
  Cursor in(out.view());
  CHECK(in.u8() == 1);
  CHECK(in.u16le() == 2);
  CHECK(in.u32le() == 3);
  CHECK(in.u64le() == 4);
  CHECK(in.u16be() == 5);
  CHECK(in.u32be() == 6);
  CHECK(in.u64be() == 7);
  CHECK(as_text(in.take(2)) == "ab");
  CHECK(in.u16le() == 0);
  CHECK(in.u8() == 9);
  CHECK(in.finish("all").has_value());
  const Bytes taken = std::move(out).take();
  CHECK(taken.size() == 34);
}

TEST_CASE("comparisons") {
  const Bytes a{1, 2, 3}, b{1, 2, 4}, shorter{1, 2};
  CHECK(equal(a, Bytes{1, 2, 3}));
  CHECK_FALSE(equal(a, b));
  CHECK_FALSE(equal(a, shorter));
  CHECK_FALSE(equal(shorter, a));
  CHECK(equal({}, {}));
  CHECK(equal_constant_time(a, Bytes{1, 2, 3}));
  CHECK(equal_constant_time({}, {}));
  for (std::size_t i = 0; i < 3; ++i) {
    Bytes changed = a;
    changed[i] ^= 0x80;
    CHECK_FALSE(equal_constant_time(a, changed));
  }
  CHECK_FALSE(equal_constant_time(a, shorter));
  CHECK(all_zero({}));
  CHECK(all_zero(Bytes(48)));
  Bytes last(48);
  last.back() = 1;
  CHECK_FALSE(all_zero(last));
  Bytes joined = shorter;
  append(joined, a);
  CHECK(joined == Bytes{1, 2, 1, 2, 3});
}
