-- A test that was carried through and was not good enough, told apart from one that could not be carried through.
ALTER TYPE "test_status" ADD VALUE 'rejected' AFTER 'approved';
