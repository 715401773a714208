#include "seal/stream.h"

#include <algorithm>

#include "seal/codes.h"

namespace tee::seal {

namespace {

using crypto::kTagBytes;
using crypto::Secret;

constexpr std::size_t kSealedChunk = kChunk + kTagBytes;
constexpr std::size_t kBatch = 16;           // chunks per read and write: fewer system calls, still about 2 MiB in all
constexpr std::uint64_t kNeighbours = 256;   // how far a misplaced chunk is looked for

enum class Place { middle, last };
std::array<std::uint8_t, crypto::kNonceBytes> nonce_of(std::uint64_t number, Place place) {
  std::array<std::uint8_t, crypto::kNonceBytes> out{};
  for (std::size_t i = 0; i < 8; ++i) out[10 - i] = static_cast<std::uint8_t>(number >> (8 * i));
  out[11] = place == Place::last ? 1 : 0;
  return out;
}

// Why a chunk does not open where it stands. It has already failed; this only finds the word for it.
tl::unexpected<Error> blame(const crypto::AeadKey& key, std::uint64_t number, Place place, ByteView chunk) {
  Secret scratch(chunk.size() < kTagBytes ? 0 : chunk.size() - kTagBytes);
  const auto opens = [&](std::uint64_t n, Place p) { return key.open(nonce_of(n, p), {}, chunk, scratch.bytes()); };
  const std::string which = "chunk " + std::to_string(number);
  if (place == Place::last && opens(number, Place::middle)) return fail(code::seal_truncated, "the data end after " + which + ", which is not the last one");
  if (place == Place::middle && opens(number, Place::last)) return fail(code::seal_trailing, "more bytes follow " + which + ", which is the last one");
  const std::uint64_t first = number > kNeighbours ? number - kNeighbours : 0;
  for (std::uint64_t n = first; n <= number + kNeighbours; ++n)
    if (n != number && (opens(n, Place::middle) || opens(n, Place::last)))
      return fail(code::seal_reordered, "in the place of " + which + " stands chunk " + std::to_string(n));
  if (place == Place::last) return fail(code::seal_truncated, "the data end in " + which + ", which is cut off or changed");
  return fail(code::seal_changed, which + " was changed");
}

}  // namespace

Result<std::size_t> Feed::read(std::span<std::uint8_t> into) {
  if (held_ == 0) return source_(into);
  const std::size_t n = std::min(held_, into.size());
  std::copy_n(ahead_.view().begin() + static_cast<std::ptrdiff_t>(at_), n, into.begin());
  at_ += n;
  held_ -= n;
  return n;
}

Result<std::size_t> Feed::read_full(std::span<std::uint8_t> into) {
  std::size_t have = 0;
  while (have < into.size()) {
    TEE_TRY(const std::size_t n, read(into.subspan(have)));
    if (n == 0) break;
    have += n;
  }
  return have;
}

Status Feed::peek(std::size_t size) {
  if (held_ >= size) return {};
  Secret wider(size);
  TEE_TRY(const std::size_t have, read_full(wider.bytes()));
  ahead_ = std::move(wider);
  at_ = 0;
  held_ = have;
  return {};
}

Result<std::uint64_t> seal_stream(const crypto::AeadKey& key, Feed& plain, const Sink& sealed) {
  Secret in(kBatch * kChunk);
  Bytes out(kBatch * kSealedChunk);
  std::uint64_t number = 0, total = 0;
  std::size_t have = 0;
  for (;;) {
    TEE_TRY(const std::size_t n, plain.read_full(in.bytes().subspan(have)));
    have += n;
    total += n;
    const bool ended = have < in.size();
    // A chunk is the last one only when nothing follows, so a full buffer keeps its last chunk back.
    const std::size_t whole = ended ? have / kChunk : kBatch - 1;
    std::size_t at = 0, to = 0;
    const auto seal_one = [&](std::size_t size, Place place) {
      key.seal(nonce_of(number++, place), {}, in.view().subspan(at, size), std::span(out).subspan(to, size + kTagBytes));
      at += size;
      to += size + kTagBytes;
    };
    for (std::size_t i = 0; i < whole; ++i) {
      const bool final = ended && at + kChunk == have;
      seal_one(kChunk, final ? Place::last : Place::middle);
    }
    if (ended && (at < have || total == 0)) seal_one(have - at, Place::last);
    TEE_CHECK(sealed(ByteView(out).first(to)));
    if (ended) return total;
    std::memmove(in.bytes().data(), in.view().data() + at, have - at);
    have -= at;
  }
}

Result<std::uint64_t> open_stream(const crypto::AeadKey& key, Feed& sealed, const Sink& plain) {
  Bytes in(kBatch * kSealedChunk);
  Secret out(kBatch * kChunk);
  std::uint64_t number = 0, total = 0;
  std::size_t have = 0;
  for (;;) {
    TEE_TRY(const std::size_t n, sealed.read_full(std::span(in).subspan(have)));
    have += n;
    const bool ended = have < in.size();
    const std::size_t whole = ended ? have / kSealedChunk : kBatch - 1;
    std::size_t at = 0, to = 0;
    const auto open_one = [&](std::size_t size, Place place) -> Status {
      const ByteView chunk = ByteView(in).subspan(at, size);
      // An empty chunk is allowed only where there is no plaintext at all.
      if (size < kTagBytes || (size == kTagBytes && number > 0)) return fail(code::seal_truncated, "the data end without their last chunk");
      if (!key.open(nonce_of(number, place), {}, chunk, out.bytes().subspan(to, size - kTagBytes))) return blame(key, number, place, chunk);
      ++number;
      at += size;
      to += size - kTagBytes;
      return {};
    };
    Status opened;
    for (std::size_t i = 0; opened && i < whole; ++i)
      opened = open_one(kSealedChunk, ended && at + kSealedChunk == have ? Place::last : Place::middle);
    if (opened && ended && (at < have || number == 0)) opened = open_one(have - at, Place::last);
    // What held before stays good: a reader of a pipe may have it, and learns of the rest by the status.
    TEE_CHECK(plain(out.view().first(to)));
    if (!opened) return tl::unexpected(std::move(opened).error());
    total += to;
    if (ended) return total;
    std::memmove(in.data(), in.data() + at, have - at);
    have -= at;
  }
}

}  // namespace tee::seal
