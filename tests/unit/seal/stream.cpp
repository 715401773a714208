#include "seal/stream.h"

#include <doctest/doctest.h>

#include "seal/codes.h"

using namespace tee;
using namespace tee::seal;

namespace {

// Gives its bytes in pieces of at most `piece`, as a pipe may.
Feed feed_of(ByteView bytes, std::size_t piece = SIZE_MAX) {
  auto at = std::make_shared<std::size_t>(0);
  return Feed([bytes, piece, at](std::span<std::uint8_t> into) -> Result<std::size_t> {
    const std::size_t n = std::min({into.size(), piece, bytes.size() - *at});
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(*at), n, into.begin());
    *at += n;
    return n;
  });
}
Sink into(Bytes& out) {
  return [&out](ByteView b) -> Status {
    append(out, b);
    return {};
  };
}
Bytes pattern(std::size_t size) {
  Bytes out(size);
  for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(i * 31 + i / 251);
  return out;
}
const crypto::AeadKey& key() {
  static const crypto::AeadKey k(crypto::Aead::chacha20_poly1305, Bytes(32, 5));
  return k;
}
Bytes sealed(ByteView plain, std::size_t piece = SIZE_MAX) {
  Bytes out;
  Feed in = feed_of(plain, piece);
  REQUIRE(seal_stream(key(), in, into(out)).value() == plain.size());
  return out;
}
const Code* refusal(ByteView bytes, Bytes* released = nullptr) {
  Bytes out;
  Feed in = feed_of(bytes);
  const auto done = open_stream(key(), in, into(out));
  if (released != nullptr) *released = out;
  return done ? nullptr : done.error().code;
}

}  // namespace

TEST_CASE("stream: every size around chunks and batches, whatever pieces the input comes in") {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kChunk - 1, kChunk, kChunk + 1, 15 * kChunk, 16 * kChunk - 1, 16 * kChunk, 16 * kChunk + 1, 31 * kChunk, 33 * kChunk + 7}) {
    CAPTURE(size);
    const Bytes plain = pattern(size);
    const Bytes whole = sealed(plain);
    CHECK(whole.size() == size + 16 * std::max<std::size_t>(1, (size + kChunk - 1) / kChunk));
    CHECK(sealed(plain, 4097) == whole);
    Bytes back;
    Feed in = feed_of(whole, 65521);
    CHECK(open_stream(key(), in, into(back)).value() == size);
    CHECK(back == plain);
  }
}

TEST_CASE("stream: what is cut, swapped, repeated, appended or changed has its own code, and releases only what held") {
  constexpr std::size_t kSealed = kChunk + 16;
  const Bytes plain = pattern(3 * kChunk + 100), good = sealed(plain);
  const auto chunk = [&](std::size_t i) { return ByteView(good).subspan(i * kSealed, std::min(kSealed, good.size() - i * kSealed)); };
  const auto joined = [&](std::initializer_list<std::size_t> order) {
    Bytes out;
    for (const std::size_t i : order) append(out, chunk(i));
    return out;
  };
  Bytes released;
  CHECK(refusal(joined({0, 1, 2}), &released) == &code::seal_truncated);
  CHECK(equal(released, ByteView(plain).first(2 * kChunk)));
  CHECK(refusal({}) == &code::seal_truncated);
  CHECK(refusal(ByteView(good).first(good.size() - 1)) == &code::seal_truncated);
  CHECK(refusal(joined({1, 0, 2, 3}), &released) == &code::seal_reordered);
  CHECK(released.empty());
  CHECK(refusal(joined({0, 2, 3})) == &code::seal_reordered);
  CHECK(refusal(joined({0, 0, 1, 2, 3})) == &code::seal_reordered);
  Bytes bad = good;
  bad[kSealed + 9] ^= 1;
  CHECK(refusal(bad, &released) == &code::seal_changed);
  CHECK(equal(released, ByteView(plain).first(kChunk)));
  Bytes full = sealed(ByteView(plain).first(kChunk));
  full.push_back(0);
  CHECK(refusal(full) == &code::seal_trailing);
  // An empty last chunk behind a full one is another spelling of the same plaintext.
  Bytes empty_last(kSealed + 16);
  const std::uint8_t first_nonce[12] = {}, second_nonce[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1};
  key().seal(first_nonce, {}, ByteView(plain).first(kChunk), std::span(empty_last).first(kSealed));
  key().seal(second_nonce, {}, {}, std::span(empty_last).subspan(kSealed));
  CHECK(refusal(empty_last) == &code::seal_truncated);
}

TEST_CASE("feed: what was looked at comes again") {
  const Bytes plain = pattern(1000);
  Feed in = feed_of(plain, 7);
  REQUIRE(in.peek(10).has_value());
  CHECK(equal(in.ahead(), ByteView(plain).first(10)));
  REQUIRE(in.peek(300).has_value());
  CHECK(equal(in.ahead(), ByteView(plain).first(300)));
  Bytes out(2000);
  CHECK(in.read_full(out).value() == 1000);
  out.resize(1000);
  CHECK(out == plain);
  CHECK(in.read(out).value() == 0);
}
