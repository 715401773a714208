// Any amount of data under one key, in chunks, in constant memory. Floor F4.
//
// Plaintext is cut into chunks of 65536 bytes; only the last may be shorter, and it is empty only when there is no plaintext at
// all. Each is sealed by itself, with a nonce of 12 bytes: the number of the chunk, 11 bytes big-endian, and 1 for the last
// chunk or 0. So nothing can be cut off, appended, swapped or repeated. The key serves one stream only. This is the payload of
// age-encryption.org/v1, and with another key that of our own forms (rule S33).
#pragma once

#include <functional>

#include "base/stream.h"
#include "crypto/aead.h"

namespace tee::seal {

inline constexpr std::size_t kChunk = 65536;

using Source = std::function<Result<std::size_t>(std::span<std::uint8_t>)>;  // fills a part, as much as is there; 0 is the end
using Sink = std::function<Status(ByteView)>;                                // takes all

// Where the input of a command comes from, with what was read ahead to see its form.
class Feed {
 public:
  explicit Feed(Source source) : source_(std::move(source)) {}
  Result<std::size_t> read(std::span<std::uint8_t> into);         // a part; 0 is the end
  Result<std::size_t> read_full(std::span<std::uint8_t> into);    // less only at the end
  Status peek(std::size_t size);                                  // ahead() then has as much as there is, up to that size
  ByteView ahead() const { return ByteView(ahead_.view()).subspan(at_, held_); }

 private:
  Source source_;
  crypto::Secret ahead_;
  std::size_t at_ = 0, held_ = 0;
};

// How many bytes of plaintext went through.
Result<std::uint64_t> seal_stream(const crypto::AeadKey& key, Feed& plain, const Sink& sealed);
// seal.truncated, seal.changed, seal.reordered, seal.trailing. Only chunks whose tag held reach the sink, in order.
Result<std::uint64_t> open_stream(const crypto::AeadKey& key, Feed& sealed, const Sink& plain);

}  // namespace tee::seal
