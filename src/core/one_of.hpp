#pragma once

/// Gives a struct that derives from a variant what it needs to stand for it, and no more: converting constructors and
/// assignments are the variant's own, but copying, moving and destroying are compiled once, where GPUCTL_ONE_OF_IN is
/// written, and not by everybody who holds such a value. (They are most of what a file of steps/ compiles to.)
#define GPUCTL_ONE_OF(Name)         \
  using variant::variant;           \
  using variant::operator=;         \
  Name();                           \
  Name(const Name&);                \
  Name(Name&&) noexcept;            \
  Name& operator=(const Name&);     \
  Name& operator=(Name&&) noexcept; \
  ~Name()

#define GPUCTL_ONE_OF_IN(Name)                      \
  Name::Name() = default;                           \
  Name::Name(const Name&) = default;                \
  Name::Name(Name&&) noexcept = default;            \
  Name& Name::operator=(const Name&) = default;     \
  Name& Name::operator=(Name&&) noexcept = default; \
  Name::~Name() = default
